using System.Globalization;
using System.Runtime.CompilerServices;

namespace HashMatch.Matching;

/// <summary>Reads the plain hash lists that platforms exchange, a hash a line.</summary>
/// <remarks>
/// Forms: <c>pdq HEX</c> and bare <c>HEX</c> (python-threatexchange), <c>HEX,QUALITY</c> and
/// <c>HEX,QUALITY,FILENAME</c> (the PDQ reference tools). Empty lines and lines that begin with <c>#</c> are passed
/// over but counted.
/// </remarks>
public static class HashListReader
{
    private const string Prefix = "pdq ";
    private const int MaxQuality = 100;

    /// <summary>Reads a list to its end. A line without end costs no memory.</summary>
    /// <param name="input">The list.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<HashListLine> ReadAsync(
        TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int number = 0;
        await foreach (string line in ShortLines.ReadAsync(input, cancellationToken).ConfigureAwait(false))
        {
            number++;
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                yield return TryRead(text, out Hash256 hash, out int? quality)
                    ? new HashListLine(number, hash, quality)
                    : new HashListLine(number, null, null);
            }
        }
    }

    private static bool TryRead(ReadOnlySpan<char> text, out Hash256 hash, out int? quality)
    {
        quality = null;
        if (text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Hash256.TryParse(text[Prefix.Length..].TrimStart(), out hash);
        }

        int comma = text.IndexOf(',');
        if (comma < 0)
        {
            return Hash256.TryParse(text, out hash);
        }

        if (!Hash256.TryParse(text[..comma].TrimEnd(), out hash))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(comma + 1)..];
        int end = rest.IndexOf(',');
        bool isQuality = int.TryParse(
            end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        quality = value;
        return isQuality && value <= MaxQuality;
    }
}
