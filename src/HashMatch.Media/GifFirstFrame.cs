using System.Buffers.Binary;

namespace HashMatch.Media;

/// <summary>Makes white what the first frame of a GIF leaves uncovered.</summary>
/// <remarks>
/// A frame may be smaller than the picture. What it does not cover is transparent, whatever background colour the file
/// names; libvips gives it as black where no colour of the frame is transparent.
/// </remarks>
internal static class GifFirstFrame
{
    private const byte White = 255;
    private const int HeaderBytes = 13;
    private const int DescriptorBytes = 10;
    private const byte Extension = 0x21;
    private const byte Descriptor = 0x2C;

    /// <summary>Fills the pixels around the frame.</summary>
    /// <param name="file">The GIF.</param>
    /// <param name="pixels">The picture that was decoded from it, without alpha.</param>
    /// <param name="width">Its width.</param>
    /// <param name="bytesPerPixel">1 or 3.</param>
    public static void WhitenAround(ReadOnlySpan<byte> file, Span<byte> pixels, int width, int bytesPerPixel)
    {
        ReadOnlySpan<byte> frame = Find(file);
        if (frame.IsEmpty)
        {
            return;
        }

        int left = BinaryPrimitives.ReadUInt16LittleEndian(frame[1..]);
        int top = BinaryPrimitives.ReadUInt16LittleEndian(frame[3..]);
        int right = left + BinaryPrimitives.ReadUInt16LittleEndian(frame[5..]);
        int bottom = top + BinaryPrimitives.ReadUInt16LittleEndian(frame[7..]);
        left = Math.Min(left, width) * bytesPerPixel;
        right = Math.Min(right, width) * bytesPerPixel;

        int rowBytes = width * bytesPerPixel;
        for (int y = 0; y * rowBytes < pixels.Length; y++)
        {
            Span<byte> row = pixels.Slice(y * rowBytes, rowBytes);
            if (y < top || y >= bottom)
            {
                row.Fill(White);
            }
            else
            {
                row[..left].Fill(White);
                row[right..].Fill(White);
            }
        }
    }

    // The first image descriptor, or nothing.
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
        {
            return [];
        }

        int flags = file[10];
        int at = HeaderBytes + ((flags & 0x80) != 0 ? 3 * (2 << (flags & 7)) : 0);
        while (at + DescriptorBytes <= file.Length)
        {
            if (file[at] == Descriptor)
            {
                return file.Slice(at, DescriptorBytes);
            }

            if (file[at] != Extension)
            {
                return [];
            }

            // Behind the label come blocks, each led by its length; an empty one ends them.
            at += 2;
            while (at < file.Length && file[at] != 0)
            {
                at += file[at] + 1;
            }

            at++;
        }

        return [];
    }
}
