using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>How near the hashes of one class come to photos that are not in the upload.</summary>
/// <param name="Name">The class.</param>
/// <param name="Strong">Its greatest distance of tier "strong"; -1 if there is none.</param>
/// <param name="Review">Its greatest distance of tier "review"; -1 if there is none.</param>
/// <param name="Counts">How many pairs lie at each distance, beginning at 0.</param>
/// <param name="Tail">The fitted lower tail; null where there are too few pairs.</param>
internal sealed record WrongClass(string Name, int Strong, int Review, IReadOnlyList<long> Counts, TailFit? Tail)
{
    /// <summary>The rate of tier "strong" by the tail; null where there is no tier or no tail.</summary>
    public double? StrongRate => At(Strong, Tail?.RateWithin(Strong));

    /// <summary>The upper bound of 95 % of that.</summary>
    public double? StrongRateUpper => At(Strong, Tail?.UpperRateWithin(Strong));

    /// <summary>The rate of any tier by the tail.</summary>
    public double? ReviewRate => At(Review, Tail?.RateWithin(Review));

    /// <summary>The upper bound of 95 % of that.</summary>
    public double? ReviewRateUpper => At(Review, Tail?.UpperRateWithin(Review));

    private static double? At(int distance, double? rate) => distance < 0 ? null : rate;
}
