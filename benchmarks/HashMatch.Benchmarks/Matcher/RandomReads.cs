using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>
/// Reads rows here and there, as many as a search among ten million reads lines of memory: how late this is at times is
/// the machine's doing, and no search of that length can be better.
/// </summary>
internal sealed class RandomReads(Hash256[] rows)
{
    private const int Count = 2_000;

    private readonly Random _random = new(1);
    private ulong _sum;

    /// <summary>Reads some others than before.</summary>
    public void Run()
    {
        ulong place = (ulong)_random.NextInt64();
        ulong sum = 0;
        for (int i = 0; i < Count; i++)
        {
            // The next place does not depend on what was read: the reads overlap, as those of a search do.
            place = (place * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
            sum += rows[(int)Math.BigMul(place, (ulong)rows.Length, out _)].GetWord(0);
        }

        // Kept, so that no compiler leaves the loop out.
        Volatile.Write(ref _sum, _sum + sum);
    }
}
