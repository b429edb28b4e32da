namespace HashMatch.Media;

/// <summary>What the tags of a TIFF's first page say of its pixels that libvips passes over.</summary>
internal static class TiffFirstPage
{
    private const int Compression = 259;
    private const int Photometric = 262;

    private const int Jpeg = 7;
    private const int Ycc = 6;

    private const int LongType = 4;

    /// <summary>
    /// Whether the samples are luma and chroma outside JPEG, which libvips hands out as if they were RGB.
    /// </summary>
    public static bool IsPlainYcc(ReadOnlySpan<byte> file)
    {
        var tiff = new TiffNumbers(file);
        ulong page = tiff.Read(tiff.FirstPageAt, tiff.OffsetBytes);
        ulong count = Math.Min(tiff.Read(page, tiff.CountBytes), (ulong)file.Length);
        ulong compression = 0;
        ulong photometric = 0;
        for (ulong i = 0; i < count; i++)
        {
            ulong tag = page + (ulong)tiff.CountBytes + (i * (ulong)tiff.TagBytes);
            ulong value = tiff.Read(
                tag + (ulong)(tiff.TagBytes - tiff.OffsetBytes), tiff.Read(tag + 2, 2) == LongType ? 4 : 2);
            switch (tiff.Read(tag, 2))
            {
                case Compression:
                    compression = value;
                    break;
                case Photometric:
                    photometric = value;
                    break;
                default:
                    break;
            }
        }

        return photometric == Ycc && compression != Jpeg;
    }
}
