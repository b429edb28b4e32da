using System.Buffers.Binary;

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
        bool isLittle = file[0] == (byte)'I';
        bool isBig = file[isLittle ? 2 : 3] == 43;
        int offsetBytes = isBig ? 8 : 4;
        int countBytes = isBig ? 8 : 2;
        int tagBytes = isBig ? 20 : 12;

        long tags = 0;
        ulong at = Read(file, isBig ? 8u : 4u, offsetBytes, isLittle);
        for (int pages = 0; at != 0; pages++)
        {
            ulong count = Read(file, at, countBytes, isLittle);
            if (count == 0 || count > (ulong)file.Length)
            {
                break;
            }

            tags += (long)count;
            if (pages >= MostPages || tags >= MostTags)
            {
                return false;
            }

            at = Read(file, at + (ulong)countBytes + (count * (ulong)tagBytes), offsetBytes, isLittle);
        }

        return true;
    }

    // What lies outside the file reads as zero, which ends a chain.
    private static ulong Read(ReadOnlySpan<byte> file, ulong at, int bytes, bool isLittle)
    {
        if (at > (ulong)file.Length || (ulong)file.Length - at < (ulong)bytes)
        {
            return 0;
        }

        ReadOnlySpan<byte> number = file.Slice((int)at, bytes);
        return (bytes, isLittle) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(number),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(number),
            (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(number),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(number),
            (_, true) => BinaryPrimitives.ReadUInt64LittleEndian(number),
            (_, false) => BinaryPrimitives.ReadUInt64BigEndian(number),
        };
    }
}
