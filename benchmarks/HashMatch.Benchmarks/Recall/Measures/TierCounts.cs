namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>How many copies were found.</summary>
/// <param name="Usual">Within the usual distance.</param>
/// <param name="Strong">With tier "strong".</param>
/// <param name="Review">With any tier.</param>
internal readonly record struct TierCounts(long Usual, long Strong, long Review)
{
    public TierCounts Plus(TierCounts other) => new(Usual + other.Usual, Strong + other.Strong, Review + other.Review);
}
