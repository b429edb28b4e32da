using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>One way to answer queries, for one thread.</summary>
/// <param name="name">As the report calls it.</param>
/// <param name="step">How many queries it takes at a time.</param>
internal abstract class Engine(string name, int step)
{
    public string Name { get; } = name;

    public int Step { get; } = step;

    /// <summary>Searches for as many queries as it takes at a time, and keeps what it found.</summary>
    public abstract void Search(ReadOnlySpan<Hash256> queries, int maxDistance);

    /// <summary>Appends what the last search found.</summary>
    /// <param name="firstQuery">The number of its first query.</param>
    /// <param name="matches">What to append to.</param>
    public abstract void CopyTo(int firstQuery, List<BatchMatch> matches);
}
