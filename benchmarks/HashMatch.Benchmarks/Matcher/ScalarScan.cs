using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>
/// The yardstick: one plain loop over rows of 32 bytes, four population counts each, and no end before the last.
/// </summary>
internal static class ScalarScan
{
    /// <summary>Appends every row within the distance, under its id.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="firstRow">The number that the first of them is registered as.</param>
    /// <param name="query">The hash to look for.</param>
    /// <param name="maxDistance">The greatest distance that counts.</param>
    /// <param name="queryIndex">The query's number in the matches.</param>
    /// <param name="matches">What is appended to.</param>
    public static void Search(
        ReadOnlySpan<Hash256> rows,
        int firstRow,
        Hash256 query,
        int maxDistance,
        int queryIndex,
        List<BatchMatch> matches)
    {
        ulong query0 = query.GetWord(0);
        ulong query1 = query.GetWord(1);
        ulong query2 = query.GetWord(2);
        ulong query3 = query.GetWord(3);
        ref ulong words = ref Unsafe.As<Hash256, ulong>(ref MemoryMarshal.GetReference(rows));
        for (int row = 0; row < rows.Length; row++)
        {
            ref ulong word = ref Unsafe.Add(ref words, 4 * (nint)row);
            int distance = BitOperations.PopCount(word ^ query0)
                + BitOperations.PopCount(Unsafe.Add(ref word, 1) ^ query1)
                + BitOperations.PopCount(Unsafe.Add(ref word, 2) ^ query2)
                + BitOperations.PopCount(Unsafe.Add(ref word, 3) ^ query3);
            if (distance <= maxDistance)
            {
                matches.Add(new BatchMatch(queryIndex, EntryIds.Of((long)firstRow + row), distance));
            }
        }
    }
}
