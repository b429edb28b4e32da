using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Hashing;

namespace HashMatch.Benchmarks.Recall;

/// <summary>The distances of one class of the hashes that are asked for.</summary>
/// <param name="Class">The class.</param>
/// <param name="Queries">The sets that hold such hashes: names of <see cref="QueryViews"/>.</param>
/// <param name="Turns">Names of <see cref="Dihedral"/>.</param>
/// <param name="Negative">Whether these are complements.</param>
/// <param name="Strong">The greatest distance of tier "strong"; -1 if there is none.</param>
/// <param name="Review">The greatest distance of tier "review"; -1 if there is none.</param>
/// <param name="Share">The part of the permitted rate that this class may use up.</param>
/// <param name="StrongRate">The rate within the first distance, by the fitted tail.</param>
/// <param name="StrongRateUpper">The upper bound of 95 % of that.</param>
/// <param name="ReviewRate">The rate within the second distance, by the fitted tail.</param>
/// <param name="ReviewRateUpper">The upper bound of 95 % of that.</param>
/// <param name="Tail">The tail of all edited uploads against all other photos.</param>
internal sealed record CalibratedClass(
    string Class,
    IReadOnlyList<string> Queries,
    IReadOnlyList<string> Turns,
    bool Negative,
    int Strong,
    int Review,
    double Share,
    double StrongRate,
    double StrongRateUpper,
    double ReviewRate,
    double ReviewRateUpper,
    TailFit Tail)
{
    /// <summary>Reads the distances off a tail.</summary>
    /// <param name="hashClass">The class.</param>
    /// <param name="tail">Its tail.</param>
    /// <param name="share">
    /// The part of the permitted rate that it may use up: as much as it has of the copies, for nearly all are neither
    /// mirrored nor turned nor negative, and bits are worth most where most is found.
    /// </param>
    /// <param name="maxDistance">The greatest distance that may be asked for.</param>
    public static CalibratedClass Of(HashClass hashClass, TailFit tail, double share, int maxDistance)
    {
        int strong = Greatest(Tiers.StrongRate * share);
        int review = Greatest(Tiers.ReviewRate * share);
        return new CalibratedClass(
            hashClass.Name,
            [.. hashClass.Queries.Select(query => query.ToString())],
            [.. hashClass.Turns.Select(turn => turn.ToString())],
            hashClass.IsNegative,
            strong,
            review,
            share,
            tail.RateWithin(strong),
            tail.UpperRateWithin(strong),
            tail.RateWithin(review),
            tail.UpperRateWithin(review),
            tail);

        // Only distances that two hashes can be at: one bit more finds nothing, and takes a longer search.
        int Greatest(double rate) => Enumerable.Range(0, Math.Min(maxDistance, tail.From) + 1)
            .LastOrDefault(distance => distance % tail.Step == 0 && tail.RateWithin(distance) < rate, -1);
    }
}
