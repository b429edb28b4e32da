using System.Buffers.Binary;

namespace HashMatch.Media;

/// <summary>Reads the size that a WebP file states.</summary>
/// <remarks>
/// libvips reserves a frame's memory while it reads the header, so a limit has to be applied before it is asked. The
/// layout is that of RFC 9649: the first chunk is a lossy frame, a lossless frame, or a canvas.
/// </remarks>
internal static class WebpHeader
{
    // The least of a file that holds its sides.
    private const int LosslessBytes = 25;
    private const int OtherBytes = 30;

    private const int FourteenBits = 0x3FFF;
    private const int TwentyFourBits = 0xFF_FFFF;

    /// <summary>Reads width and height.</summary>
    /// <returns>Whether they are there; a file for which they are not is damaged.</returns>
    public static bool TryReadSize(ReadOnlySpan<byte> file, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (file.Length < LosslessBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> chunk = file[12..];
        ReadOnlySpan<byte> content = file[20..];
        if (chunk.StartsWith("VP8L"u8))
        {
            // Behind a signature of one byte.
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            width = (int)(bits & FourteenBits) + 1;
            height = (int)((bits >> 14) & FourteenBits) + 1;
        }
        else if (file.Length < OtherBytes)
        {
            return false;
        }
        else if (chunk.StartsWith("VP8 "u8))
        {
            // Behind a frame tag and a start code of three bytes each; the upper two bits ask for scaling.
            width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & FourteenBits;
            height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & FourteenBits;
        }
        else if (chunk.StartsWith("VP8X"u8))
        {
            width = (int)(BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) & TwentyFourBits) + 1;
            height = (int)(BinaryPrimitives.ReadUInt32LittleEndian(content[6..]) >> 8) + 1;
        }

        return width > 0 && height > 0;
    }
}
