using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching.Multi;

namespace HashMatch.Matching.Kernels;

/// <summary>Finds the postings of runs whose check bits differ little enough from what the query has there.</summary>
/// <remarks>
/// A kernel begins at a place of the list (<c>at</c>: run and offset) and ends before the run <c>end</c>, or where less
/// than <see cref="Slack"/> places are left for candidates; it tells how many there are and where it ended. It may read
/// up to 64 bytes from any check word on, whatever the length of the run.
/// </remarks>
internal static unsafe class CheckScan
{
    /// <summary>The most candidates that one step of a kernel gives.</summary>
    public const int Slack = 32;

    private static readonly byte[] SevenBitCounts = CreateCounts();

    private static Vector128<byte> Nibbles => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

    public static int Find(RunList list, ref Candidate at, int end, Candidate* candidates, int capacity) =>
        Avx512Vbmi.IsSupported ? FindVector512(list, ref at, end, candidates, capacity)
        : Avx2.IsSupported ? FindVector256(list, ref at, end, candidates, capacity)
        : FindScalar(list, ref at, end, candidates, capacity);

    // The definition that the vector paths are held to.
    public static int FindScalar(RunList list, ref Candidate at, int end, Candidate* candidates, int capacity)
    {
        int found = 0;
        int offset = at.Offset;
        for (int run = at.Run; run < end; run++, offset = 0)
        {
            Run* current = list.Runs + run;
            for (; offset < current->Length; offset++)
            {
                if (found > capacity - Slack)
                {
                    at = new Candidate(run, offset);
                    return found;
                }

                candidates[found] = new Candidate(run, offset);
                found += CheckWord.Distance(current->Checks[offset], current->Wanted) <= current->Limit ? 1 : 0;
            }
        }

        at = new Candidate(end, 0);
        return found;
    }

    public static int FindVector256(RunList list, ref Candidate at, int end, Candidate* candidates, int capacity)
    {
        Vector256<byte> counts = Vector256.Create(Nibbles, Nibbles);
        Vector256<byte> low = Vector256.Create((ushort)0x0F0F).AsByte();
        Vector256<byte> high = Vector256.Create((ushort)0x070F).AsByte();
        Vector256<sbyte> ones = Vector256<sbyte>.One;
        int found = 0;
        int offset = at.Offset;
        for (int run = at.Run; run < end; run++, offset = 0)
        {
            Run* current = list.Runs + run;
            list.Prefetch(run + list.Ahead);
            Vector256<byte> wanted = Vector256.Create(current->Wanted).AsByte();
            var limit = Vector256.Create(current->Limit);
            for (int left = current->Length - offset; left > 0; left -= Vector256<ushort>.Count)
            {
                if (found > capacity - Slack)
                {
                    at = new Candidate(run, offset);
                    return found;
                }

                Vector256<byte> differing = Vector256.Load((byte*)(current->Checks + offset)) ^ wanted;
                Vector256<byte> bits =
                    Avx2.Shuffle(counts, differing & low)
                    + Avx2.Shuffle(counts, (differing.AsUInt16() >>> 4).AsByte() & high);
                Vector256<short> sum = Avx2.MultiplyAddAdjacent(bits, ones);

                // Two bits of the mask for each posting, of which one is kept.
                uint near = ~Vector256.GreaterThan(sum, limit).AsByte().ExtractMostSignificantBits() & 0x55555555;
                near = left < Vector256<ushort>.Count ? near & ((1U << (2 * left)) - 1) : near;
                for (; near != 0; near &= near - 1)
                {
                    candidates[found++] = new Candidate(run, offset + (BitOperations.TrailingZeroCount(near) >> 1));
                }

                offset += Vector256<ushort>.Count;
            }
        }

        at = new Candidate(end, 0);
        return found;
    }

    public static int FindVector512(RunList list, ref Candidate at, int end, Candidate* candidates, int capacity)
    {
        byte* table = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(SevenBitCounts, 0);
        Vector512<byte> counts0 = Vector512.Load(table);
        Vector512<byte> counts1 = Vector512.Load(table + 64);
        Vector512<sbyte> ones = Vector512<sbyte>.One;
        int found = 0;
        int offset = at.Offset;
        for (int run = at.Run; run < end; run++, offset = 0)
        {
            Run* current = list.Runs + run;
            list.Prefetch(run + list.Ahead);
            Vector512<byte> wanted = Vector512.Create(current->Wanted).AsByte();
            var limit = Vector512.Create(current->Limit);
            for (int left = current->Length - offset; left > 0; left -= Vector512<ushort>.Count)
            {
                if (found > capacity - Slack)
                {
                    at = new Candidate(run, offset);
                    return found;
                }

                // A count is looked up by 7 bits and the eighth is ignored: right for the upper byte, whose eighth bit
                // is not compared, and made good for the lower one.
                Vector512<byte> differing = Vector512.Load((byte*)(current->Checks + offset)) ^ wanted;
                Vector512<byte> bits = Avx512Vbmi.PermuteVar64x8x2(counts0, differing, counts1);
                Vector512<short> sum = Avx512BW.MultiplyAddAdjacent(bits, ones)
                    + ((differing.AsInt16() >>> 7) & Vector512<short>.One);
                var near = (uint)Vector512.LessThanOrEqual(sum, limit).ExtractMostSignificantBits();
                near = Bmi2.ZeroHighBits(near, (uint)Math.Min(left, Vector512<ushort>.Count));

                // One candidate is written without asking whether it is one: more than one of 32 are rare.
                candidates[found] = new Candidate(run, offset + BitOperations.TrailingZeroCount(near));
                found += near != 0 ? 1 : 0;
                for (near &= near - 1; near != 0; near &= near - 1)
                {
                    candidates[found++] = new Candidate(run, offset + BitOperations.TrailingZeroCount(near));
                }

                offset += Vector512<ushort>.Count;
            }
        }

        at = new Candidate(end, 0);
        return found;
    }

    private static byte[] CreateCounts()
    {
        byte[] counts = GC.AllocateUninitializedArray<byte>(128, pinned: true);
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = (byte)BitOperations.PopCount((uint)i);
        }

        return counts;
    }
}
