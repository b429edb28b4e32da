using System.Buffers.Binary;

namespace HashMatch.Media;

/// <summary>Takes out of a PNG what does not show, before a decoder sees it.</summary>
/// <remarks>
/// A text chunk of 8 kB can unpack to 8 MB, and decoders unpack them all: 3 MB of them cost 10 seconds and 2 GB.
/// Neither text nor colour profile bears on the pixels that are hashed.
/// </remarks>
internal static class PngChunks
{
    private const int SignatureBytes = 8;

    // Length, kind and checksum.
    private const int FrameBytes = 12;

    /// <summary>Closes the file up to the chunks that bear on the pixels.</summary>
    /// <param name="file">
    /// A PNG, whole or not; what follows its first broken chunk stays, for the decoder to refuse.
    /// </param>
    /// <returns>The beginning of <paramref name="file"/>, which is the PNG that remains.</returns>
    public static Span<byte> KeepPixels(Span<byte> file)
    {
        int from = SignatureBytes;
        int to = SignatureBytes;
        while (from + FrameBytes <= file.Length)
        {
            uint content = BinaryPrimitives.ReadUInt32BigEndian(file[from..]);
            if (content > file.Length - from - FrameBytes)
            {
                break;
            }

            int length = (int)content + FrameBytes;
            if (Shows(file.Slice(from + 4, 4)))
            {
                file.Slice(from, length).CopyTo(file[to..]);
                to += length;
            }

            from += length;
        }

        file[from..].CopyTo(file[to..]);
        return file[..(to + file.Length - from)];
    }

    // A small first letter marks a chunk that a decoder may skip.
    private static bool Shows(ReadOnlySpan<byte> kind) =>
        kind[0] is < (byte)'a' or > (byte)'z' || kind.SequenceEqual("tRNS"u8) || kind.SequenceEqual("eXIf"u8);
}
