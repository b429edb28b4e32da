using System.Numerics;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>A loop that reads no memory: how far the machine's cores scale at all while the report runs.</summary>
internal sealed class ComputeEngine() : Engine(EngineName, 1)
{
    public const string EngineName = "compute";

    private const int Turns = 10_000;

    private int _sum;

    public override void Search(ReadOnlySpan<Hash256> queries, int maxDistance)
    {
        // Four chains side by side, as in the plain scan, so that the core's units are as busy.
        ulong word0 = queries[0].GetWord(0);
        ulong word1 = queries[0].GetWord(1);
        ulong word2 = queries[0].GetWord(2);
        ulong word3 = queries[0].GetWord(3);
        int sum = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            word0 += (ulong)turn;
            word1 ^= (ulong)turn;
            word2 -= (ulong)turn;
            word3 ^= (ulong)turn << 7;
            sum += BitOperations.PopCount(word0)
                + BitOperations.PopCount(word1)
                + BitOperations.PopCount(word2)
                + BitOperations.PopCount(word3);
        }

        _sum += sum;
    }

    /// <summary>Appends nothing; what was counted is kept, so that no compiler leaves the loop out.</summary>
    public override void CopyTo(int firstQuery, List<BatchMatch> matches) =>
        GC.KeepAlive(_sum);
}
