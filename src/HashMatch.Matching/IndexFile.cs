using System.Runtime.InteropServices;

namespace HashMatch.Matching;

/// <summary>
/// The form of an index's file, <c>docs/index-file.md</c>: header, label, blocks of rows in columns, SHA-256.
/// </summary>
internal static class IndexFile
{
    public const uint Version = 1;

    // Magic (8), version (4), length of the label (4), count (8).
    public const int HeaderLength = 24;
    public const int VersionOffset = 8;
    public const int LabelLengthOffset = 12;
    public const int CountOffset = 16;
    public const int DigestLength = 32;
    public const int BytesPerEntry = sizeof(ulong) + Hash256.ByteCount;

    /// <summary>Rows per block of the file. It is the memory's, so that blocks are read as they are used.</summary>
    public const int RowsPerBlock = RowBlock.Capacity;

    /// <summary>A byte that is no text, and line ends that a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'H', (byte)'M', (byte)'I', (byte)'D', (byte)'X', 13, 10];

    /// <summary>How long a file is; a count beyond all reason gives a length that no file has.</summary>
    public static UInt128 Length(uint labelLength, ulong count) =>
        HeaderLength + (UInt128)labelLength + ((UInt128)count * BytesPerEntry) + DigestLength;

    public static int BlocksFor(int count) => (int)(((long)count + RowsPerBlock - 1) / RowsPerBlock);

    public static int RowsIn(int block, int count) => Math.Min(count - (block * RowsPerBlock), RowsPerBlock);

    public static Span<byte> Bytes(Span<ulong> column) => MemoryMarshal.AsBytes(column);
}
