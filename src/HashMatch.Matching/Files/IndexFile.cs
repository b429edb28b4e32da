using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace HashMatch.Matching.Files;

/// <summary>
/// The form of an index's file, <c>docs/index-file.md</c>: header, label, blocks of entries, the digest of each block,
/// and the digest of all that is not in a block.
/// </summary>
internal static class IndexFile
{
    public const uint Version = 2;

    // Magic (8), version (4), length of the label (4), count (8).
    public const int HeaderLength = 24;
    public const int VersionOffset = 8;
    public const int LabelLengthOffset = 12;
    public const int CountOffset = 16;
    public const int DigestLength = SHA256.HashSizeInBytes;
    public const int BytesPerEntry = sizeof(ulong) + sizeof(byte) + Hash256.ByteCount;

    /// <summary>Entries per block: each block is read and checked on its own, by any thread.</summary>
    public const int EntriesPerBlock = 65_536;

    /// <summary>A byte that is no text, and line ends that a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'H', (byte)'M', (byte)'I', (byte)'D', (byte)'X', 13, 10];

    /// <summary>How long a file is; a count beyond all reason gives a length that no file has.</summary>
    public static UInt128 Length(uint labelLength, ulong count) =>
        DigestsAt(labelLength, count)
            + (((((UInt128)count + EntriesPerBlock - 1) / EntriesPerBlock) + 1) * DigestLength);

    /// <summary>Where the digests of the blocks begin.</summary>
    public static UInt128 DigestsAt(uint labelLength, ulong count) =>
        HeaderLength + (UInt128)labelLength + ((UInt128)count * BytesPerEntry);

    public static int BlocksFor(int count) => (int)(((long)count + EntriesPerBlock - 1) / EntriesPerBlock);

    public static int EntriesIn(int block, int count) => Math.Min(count - (block * EntriesPerBlock), EntriesPerBlock);

    /// <summary>A hash's words are little-endian in the file, the lowest first, as they are in memory.</summary>
    public static Span<byte> Bytes(Span<Hash256> hashes) => MemoryMarshal.AsBytes(hashes);

    public static Span<byte> Bytes(Span<ulong> numbers) => MemoryMarshal.AsBytes(numbers);
}
