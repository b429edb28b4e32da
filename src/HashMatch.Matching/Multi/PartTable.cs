using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Multi;

/// <summary>The postings of one part: every row, in the bucket of its part's 16 bits, ascending in each bucket.</summary>
/// <remarks>
/// A posting is a check word and the low 16 bits of the row's number. The rest, the block of 2^16 rows, follows from how
/// many postings of the bucket begin a block up to this one and from which blocks the bucket has rows in. That is the
/// code of Elias and Fano: 18 bits a row number, however many rows there are.
/// </remarks>
internal readonly unsafe struct PartTable
{
    /// <summary>One bucket for each value of a part.</summary>
    public const int Buckets = 1 << 16;

    /// <summary>The rows of a block: as many as the stored bits of a row's number tell apart.</summary>
    public const int BlockRows = 1 << 16;

    /// <summary>The place of each bucket's first posting, and of the end: one more than buckets.</summary>
    public required uint* Heads { get; init; }

    /// <summary>
    /// For each bucket first one bit for each block of rows, whether it has a row of the bucket, in
    /// <see cref="BlockWords"/> words; then the check words of its postings. Both are always read together.
    /// </summary>
    public required ushort* Words { get; init; }

    /// <summary>The words before the check words of a bucket.</summary>
    public required int BlockWords { get; init; }

    /// <summary>The low 16 bits of every posting's row.</summary>
    public required ushort* Lows { get; init; }

    /// <summary>The check words of a bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort* Checks(ushort bucket, uint head) => Words + head + ((bucket + 1L) * BlockWords);

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
            firsts += checks[i] >> 15;
        }

        return firsts;
    }

    /// <summary>Finds the bit that has as many set ones before it as <paramref name="rank"/> says.</summary>
    public static int Select(ushort* bits, int rank)
    {
        for (int at = 0; ; at += 64)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(bits + (at >> 4));
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
