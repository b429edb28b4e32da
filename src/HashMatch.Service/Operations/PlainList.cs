using System.Globalization;
using HashMatch.Matching;

namespace HashMatch.Service.Operations;

/// <summary>Reads the plain hash lists that platforms exchange, a hash a line.</summary>
/// <remarks>
/// Forms: <c>pdq HEX</c> and bare <c>HEX</c> (python-threatexchange), <c>HEX,QUALITY,FILENAME</c> (the reference
/// tools). Empty lines and lines that begin with <c>#</c> say nothing.
/// </remarks>
public static class PlainList
{
    private const string Type = "pdq ";

    /// <summary>What a line holds.</summary>
    public enum Line
    {
        /// <summary>Nothing.</summary>
        Empty,

        /// <summary>A hash.</summary>
        Hash,

        /// <summary>Something else.</summary>
        Malformed,
    }

    /// <summary>Reads one line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="hash">The hash.</param>
    /// <param name="quality">The quality that the line gives, or null.</param>
    public static Line Read(ReadOnlySpan<char> text, out Hash256 hash, out int? quality)
    {
        hash = default;
        quality = null;
        text = text.Trim();
        if (text.IsEmpty || text[0] == '#')
        {
            return Line.Empty;
        }

        if (text.StartsWith(Type, StringComparison.OrdinalIgnoreCase))
        {
            text = text[Type.Length..].TrimStart();
        }

        int comma = text.IndexOf(',');
        ReadOnlySpan<char> digits = comma < 0 ? text : text[..comma];
        if (!Hash256.TryParse(digits.Trim(), out hash))
        {
            return Line.Malformed;
        }

        if (comma < 0)
        {
            return Line.Hash;
        }

        ReadOnlySpan<char> rest = text[(comma + 1)..];
        int second = rest.IndexOf(',');
        ReadOnlySpan<char> number = second < 0 ? rest : rest[..second];
        if (!int.TryParse(number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            return Line.Malformed;
        }

        quality = value;
        return Line.Hash;
    }
}
