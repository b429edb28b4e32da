using System.Buffers.Binary;

namespace HashMatch.Tests.Media;

/// <summary>Makes PNG files that no tool would make.</summary>
internal static class PngBytes
{
    private const int AfterHeader = 33;

    /// <summary>Puts a chunk after the header.</summary>
    public static byte[] WithChunk(byte[] png, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content) =>
        [.. png[..AfterHeader], .. Chunk(kind, content), .. png[AfterHeader..]];

    /// <summary>Gives the picture another stated size, with a right checksum.</summary>
    public static byte[] WithSize(byte[] png, int width, int height)
    {
        byte[] header = png[16..29];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        return [.. png[..8], .. Chunk("IHDR"u8, header), .. png[AfterHeader..]];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        kind.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        uint sum = Crc(chunk.AsSpan(4, content.Length + 4));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), sum);
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
            }
        }

        return ~sum;
    }
}
