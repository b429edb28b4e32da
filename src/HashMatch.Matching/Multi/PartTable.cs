using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Multi;

/// <summary>The postings of one part: every row, in the bucket of its part's bits, ascending in each bucket.</summary>
/// <remarks>
/// A posting is a check word and the low 16 bits of the row's number. The rest, the block of 2^16 rows, follows from
/// how many postings of the bucket begin a block up to this one and from which blocks the bucket has rows in. That is
/// the code of Elias and Fano: 18 bits a row number with some 65,536 buckets, however many rows there are.
/// </remarks>
internal readonly unsafe struct PartTable
{
    /// <summary>The most bits of a part that may choose a bucket: all of them.</summary>
    public const int MaxKeyBits = 16;

    /// <summary>The rows of a block: as many as the stored bits of a row's number tell apart.</summary>
    public const int BlockRows = 1 << 16;

    /// <summary>The place of each bucket's first posting, and of the end. Null: there is no table.</summary>
    public required uint* Heads { get; init; }

    /// <summary>
    /// For each bucket first one bit for each block of rows, whether it has a row of the bucket, in
    /// <see cref="BlockWords"/> words; then the check words of its postings. Both are always read together.
    /// </summary>
    public required ushort* Words { get; init; }

    /// <summary>The low 16 bits of every posting's row number.</summary>
    public required ushort* Lows { get; init; }

    /// <summary>The slots of row numbers, or null if they are counted from <see cref="FirstSlot"/>.</summary>
    public required int* Slots { get; init; }

    /// <summary>The slot of row number 0.</summary>
    public required int FirstSlot { get; init; }

    /// <summary>The words before the check words of a bucket.</summary>
    public required int BlockWords { get; init; }

    /// <summary>How many bits of the part, the low ones, choose the bucket.</summary>
    public required int KeyBits { get; init; }

    /// <summary>The number of buckets.</summary>
    public int Buckets => 1 << KeyBits;

    /// <summary>The bucket of a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort BucketOf(ushort part) => (ushort)(part & (Buckets - 1));

    /// <summary>The check words of a bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort* Checks(int bucket, uint head) => Words + head + ((bucket + 1L) * BlockWords);

    /// <summary>Reads which row a posting is of.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="checks">Its check words.</param>
    /// <param name="offset">The place of the posting in it.</param>
    /// <param name="firsts">How many postings before it begin a block.</param>
    public int SlotOf(int bucket, ushort* checks, int offset, int firsts)
    {
        int block = Select((byte*)(checks - BlockWords), firsts);
        int row = (block * BlockRows) + Lows[Heads[bucket] + (uint)offset];
        return Slots is null ? FirstSlot + row : Slots[row];
    }

    /// <summary>Counts, of postings one after the other, those that begin a block.</summary>
    public static int CountFirsts(ushort* checks, int count)
    {
        int firsts = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; count > 0; count -= Vector512<ushort>.Count, checks += Vector512<ushort>.Count)
            {
                ulong bits = Vector512.Load(checks).ExtractMostSignificantBits();
                ulong wanted = count < Vector512<ushort>.Count ? (1UL << count) - 1 : ulong.MaxValue;
                firsts += BitOperations.PopCount(bits & wanted);
            }

            return firsts;
        }

        for (int i = 0; i < count; i++)
        {
            firsts += checks[i] / CheckWord.FirstOfBlock;
        }

        return firsts;
    }

    // The bit that has as many set ones before it. What lies behind the bits is read, not used.
    private static int Select(byte* bits, int rank)
    {
        for (int at = 0; ; at += 64)
        {
            var bytes = new ReadOnlySpan<byte>(bits + (at / 8), sizeof(ulong));
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            int count = BitOperations.PopCount(word);
            if (rank >= count)
            {
                rank -= count;
                continue;
            }

            if (Bmi2.X64.IsSupported)
            {
                return at + BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << rank, word));
            }

            for (; rank > 0; rank--)
            {
                word &= word - 1;
            }

            return at + BitOperations.TrailingZeroCount(word);
        }
    }
}
