using System.Buffers.Binary;
using System.IO.Compression;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

/// <summary>Small PNG pictures, made here so that no tool is needed.</summary>
internal static class SamplePicture
{
    private const int Side = 64;
    private const int Blocks = 16;

    /// <summary>Grey blocks at random: much detail. Different seeds give pictures that do not match.</summary>
    public static byte[] Png(int seed)
    {
        var random = new Random(seed);
        byte[] blocks = new byte[Blocks * Blocks];
        random.NextBytes(blocks);
        return Png((x, y) => blocks[(y * Blocks / Side * Blocks) + (x * Blocks / Side)]);
    }

    /// <summary>One grey all over: no detail.</summary>
    public static byte[] FlatPng() => Png((_, _) => 128);

    private static byte[] Png(Func<int, int, byte> pixel)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        header[8] = 8;

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < Side; y++)
            {
                zlib.WriteByte(0);
                for (int x = 0; x < Side; x++)
                {
                    zlib.WriteByte(pixel(x, y));
                }
            }
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n',
            .. PngBytes.Chunk("IHDR"u8, header),
            .. PngBytes.Chunk("IDAT"u8, packed.ToArray()),
            .. PngBytes.Chunk("IEND"u8, []),
        ];
    }
}
