using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>How near pairs of different photos come to each other.</summary>
/// <param name="Pairs">How many pairs were compared, by the smallest distance of all hashes of both.</param>
/// <param name="Counts">How many of them lie at each distance, beginning at 0.</param>
/// <param name="Tail">The fitted lower tail; null where there are too few pairs.</param>
/// <param name="FittedRate">The share of pairs within each distance by the tail, up to where it begins.</param>
/// <param name="BinomialRate">The same by as many independent bits, drawn on from where the tail begins.</param>
/// <param name="IndependentBits">How many bits those are, from single hashes of whole pictures.</param>
/// <param name="Nearest">The nearest pairs.</param>
internal sealed record WrongReport(
    long Pairs,
    IReadOnlyList<long> Counts,
    TailFit? Tail,
    IReadOnlyList<double> FittedRate,
    IReadOnlyList<double> BinomialRate,
    double IndependentBits,
    IReadOnlyList<NearPair> Nearest)
{
    /// <summary>How many pairs are taken for copies with tier "strong".</summary>
    public long Strong { get; init; }

    /// <summary>The same with any tier.</summary>
    public long Review { get; init; }

    /// <summary>The same pairs by the hashes of each class alone; empty where photos are not uploads.</summary>
    public IReadOnlyList<WrongClass> ByClass { get; init; } = [];

    /// <summary>The rate of tier "strong", the sum of the classes; null where there is no tier or no tail.</summary>
    public double? StrongRate => Sum(one => one.StrongRate);

    /// <summary>The sum of the upper bounds.</summary>
    public double? StrongRateUpper => Sum(one => one.StrongRateUpper);

    /// <summary>The rate of any tier.</summary>
    public double? ReviewRate => Sum(one => one.ReviewRate);

    /// <summary>The sum of the upper bounds.</summary>
    public double? ReviewRateUpper => Sum(one => one.ReviewRateUpper);

    /// <summary>The share of pairs that were seen within a distance.</summary>
    public double SeenWithin(int distance) =>
        Pairs == 0 ? 0 : (double)Counts.Take(distance + 1).Sum() / Pairs;

    /// <summary>What was seen, where it says something, and the fitted tail below.</summary>
    public double RateWithin(int distance) =>
        Tail is not null && distance < Tail.From ? Tail.RateWithin(distance) : SeenWithin(distance);

    private double? Sum(Func<WrongClass, double?> rate) =>
        ByClass.Count > 0 && ByClass.All(one => rate(one) is not null) ? ByClass.Sum(rate) : null;
}
