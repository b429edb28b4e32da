using System.Buffers.Binary;

namespace HashMatch.Media;

/// <summary>Reads the numbers of a TIFF or BigTIFF in its byte order.</summary>
internal readonly ref struct TiffNumbers
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly bool _isLittle;

    /// <param name="file">At least the first four bytes, which say that it is a TIFF.</param>
    public TiffNumbers(ReadOnlySpan<byte> file)
    {
        _file = file;
        _isLittle = file[0] == (byte)'I';
        bool isBig = file[_isLittle ? 2 : 3] == 43;
        FirstPageAt = isBig ? 8u : 4u;
        OffsetBytes = isBig ? 8 : 4;
        CountBytes = isBig ? 8 : 2;
        TagBytes = isBig ? 20 : 12;
    }

    /// <summary>Where the position of the first page stands.</summary>
    public ulong FirstPageAt { get; }

    /// <summary>The size of a position, and of a tag's value, which is its last part.</summary>
    public int OffsetBytes { get; }

    /// <summary>The size of the number of tags that leads a page.</summary>
    public int CountBytes { get; }

    /// <summary>The size of a tag.</summary>
    public int TagBytes { get; }

    /// <summary>Reads 2, 4 or 8 bytes. What lies outside the file reads as zero.</summary>
    public ulong Read(ulong at, int bytes)
    {
        if (at > (ulong)_file.Length || (ulong)_file.Length - at < (ulong)bytes)
        {
            return 0;
        }

        ReadOnlySpan<byte> number = _file.Slice((int)at, bytes);
        return (bytes, _isLittle) switch
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
