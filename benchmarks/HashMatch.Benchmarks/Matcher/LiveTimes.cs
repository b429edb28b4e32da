namespace HashMatch.Benchmarks.Matcher;

/// <summary>How long searches took while one thing was going on, and plain reads between them.</summary>
/// <param name="capacity">How many searches are kept.</param>
internal sealed class LiveTimes(int capacity)
{
    /// <summary>After so many searches there are reads once.</summary>
    public const int SearchesPerReads = 8;

    /// <summary>The searches.</summary>
    public SearchTimes Searches { get; } = new(capacity);

    /// <summary>The reads between them.</summary>
    public SearchTimes Reads { get; } = new(capacity / SearchesPerReads);

    /// <summary>Adds those of another.</summary>
    public void AddAll(LiveTimes other)
    {
        Searches.AddAll(other.Searches);
        Reads.AddAll(other.Reads);
    }

    public void Clear()
    {
        Searches.Clear();
        Reads.Clear();
    }
}
