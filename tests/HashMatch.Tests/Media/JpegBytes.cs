using System.Buffers.Binary;

namespace HashMatch.Tests.Media;

/// <summary>Makes JPEG files that no tool would make.</summary>
internal static class JpegBytes
{
    /// <summary>Puts an EXIF segment with nothing but an orientation first.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(orientation)];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(exif.Length + 2));
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. exif, .. jpeg[2..]];
    }

    /// <summary>EXIF data with nothing but an orientation.</summary>
    public static byte[] Exif(int orientation) =>
    [
        .. "MM\0*"u8, 0, 0, 0, 8, // the directory starts at 8
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, // one entry: tag 274, one short
        0, 0, 0, 0, // no further directory
    ];

    /// <summary>Gives the picture another stated size.</summary>
    public static byte[] WithSize(byte[] jpeg, ushort width, ushort height)
    {
        byte[] changed = [.. jpeg];
        int at = 2;
        while (changed[at + 1] is not (0xC0 or 0xC2))
        {
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(changed.AsSpan(at + 2));
        }

        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at + 7), width);
        return changed;
    }

    /// <summary>Finds where the last scan starts.</summary>
    public static int LastScan(byte[] jpeg) => jpeg.AsSpan().LastIndexOf<byte>([0xFF, 0xDA]);
}
