using HashMatch.Matching;

namespace HashMatch.Cli;

/// <summary>Reads a line that holds a hash, in one of the forms in which lists of hashes go round.</summary>
internal static class HashLineReader
{
    private const string Prefix = "pdq ";

    /// <summary>Takes <c>hex</c>, <c>pdq hex</c>, or <c>hex,quality,filename</c>.</summary>
    /// <param name="line">One line, without its end.</param>
    /// <param name="hash">The hash.</param>
    /// <param name="quality">0 to 100, or null where the line does not say.</param>
    /// <returns>Whether the line holds a hash.</returns>
    public static bool TryRead(string line, out Hash256 hash, out int? quality)
    {
        quality = null;
        ReadOnlySpan<char> rest = line.AsSpan().Trim();
        if (rest.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Hash256.TryParse(rest[Prefix.Length..].TrimStart(), out hash);
        }

        int comma = rest.IndexOf(',');
        if (comma < 0)
        {
            return Hash256.TryParse(rest, out hash);
        }

        if (!Hash256.TryParse(rest[..comma].TrimEnd(), out hash))
        {
            return false;
        }

        ReadOnlySpan<char> second = rest[(comma + 1)..];
        int end = second.IndexOf(',');
        bool isQuality = int.TryParse(
            end < 0 ? second : second[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        quality = value;
        return isQuality && value <= 100;
    }
}
