using System.Buffers.Binary;

namespace HashMatch.Tests.Media;

/// <summary>Makes TIFF files that no tool would make: little-endian, one strip.</summary>
internal static class TiffBytes
{
    private const int HeaderBytes = 8;

    /// <summary>A grey picture of 32-bit floats, all zero.</summary>
    public static byte[] Float(int side) =>
        Make(side, side, bits: 32, sampleFormat: 3, new byte[side * side * 4]);

    /// <summary>A grey picture that says it has that size and holds ten bytes of it.</summary>
    public static byte[] Grey(int width, int height) => Make(width, height, bits: 8, sampleFormat: 1, new byte[10]);

    private static byte[] Make(int width, int height, int bits, int sampleFormat, byte[] strip)
    {
        (int Tag, int Value)[] entries =
        [
            (256, width), // width
            (257, height), // height
            (258, bits), // bits a sample
            (259, 1), // not compressed
            (262, 1), // black is zero
            (273, HeaderBytes), // where the strip is
            (277, 1), // samples a pixel
            (278, height), // rows a strip
            (279, strip.Length), // how long the strip is
            (339, sampleFormat),
        ];
        byte[] directory = new byte[2 + (entries.Length * 12) + 4];
        BinaryPrimitives.WriteUInt16LittleEndian(directory, (ushort)entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = directory.AsSpan(2 + (i * 12), 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], entries[i].Value);
        }

        byte[] header = [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), HeaderBytes + strip.Length);
        return [.. header, .. strip, .. directory];
    }

    /// <summary>Lets the one page be followed by as many copies of it.</summary>
    public static byte[] WithPages(byte[] tiff, int copies)
    {
        int first = BinaryPrimitives.ReadInt32LittleEndian(tiff.AsSpan(4));
        byte[] page = tiff[first..];
        byte[] all = [.. tiff, .. Enumerable.Repeat(page, copies).SelectMany(bytes => bytes)];
        for (int i = 0; i < copies; i++)
        {
            int next = tiff.Length + (i * page.Length);
            BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(next - 4), next);
        }

        return all;
    }
}
