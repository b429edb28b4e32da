namespace HashMatch.Media;

/// <summary>Counts the pages of a TIFF as far as is needed to bound what reading them costs.</summary>
/// <remarks>
/// libvips visits every page to count them before it decodes the first, at 10 microseconds each: 57 MB of empty pages
/// cost 5 seconds. Pages may overlap, so the tags are counted too.
/// </remarks>
internal static class TiffDirectories
{
    private const int MostPages = 10_000;
    private const long MostTags = 1_000_000;

    /// <summary>Whether the file has so few pages and tags that they may be visited.</summary>
    /// <remarks>
    /// A chain that leaves the file, or returns to an earlier page, ends there as far as is counted here.
    /// </remarks>
    public static bool AreFew(ReadOnlySpan<byte> file)
    {
        var tiff = new TiffNumbers(file);
        long tags = 0;
        ulong at = tiff.Read(tiff.FirstPageAt, tiff.OffsetBytes);
        for (int pages = 0; at != 0; pages++)
        {
            // What lies outside the file reads as zero, which ends a chain.
            ulong count = tiff.Read(at, tiff.CountBytes);
            if (count == 0 || count > (ulong)file.Length)
            {
                break;
            }

            tags += (long)count;
            if (pages >= MostPages || tags >= MostTags)
            {
                return false;
            }

            at = tiff.Read(at + (ulong)tiff.CountBytes + (count * (ulong)tiff.TagBytes), tiff.OffsetBytes);
        }

        return true;
    }
}
