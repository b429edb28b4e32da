using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Hashing;

namespace HashMatch.Benchmarks.Recall;

/// <summary>The distances of one class of the hashes that are asked for.</summary>
/// <param name="Query">The set: a name of <see cref="QueryViews"/>.</param>
/// <param name="Class">The class.</param>
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
    string Query,
    string Class,
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
    /// <summary>
    /// Nearly all copies are neither mirrored nor turned nor negative, so that bits are worth most where nothing is:
    /// every other class gets this part of the permitted rate, and the first what is left.
    /// </summary>
    public const double ShareOfOthers = 0.05;

    /// <summary>Reads the distances off a tail.</summary>
    public static CalibratedClass Of(Contender contender, int hashClass, TailFit tail)
    {
        HashClass one = contender.Classes[hashClass];
        double share = hashClass == 0 ? 1 - (ShareOfOthers * (contender.Classes.Count - 1)) : ShareOfOthers;
        int strong = Greatest(Measures.Tiers.StrongRate * share);
        int review = Greatest(Measures.Tiers.ReviewRate * share);
        return new CalibratedClass(
            contender.Query.Asked!.Value.ToString(),
            one.Name,
            [.. one.Turns.Select(turn => turn.ToString())],
            one.IsNegative,
            strong,
            review,
            share,
            tail.RateWithin(strong),
            tail.UpperRateWithin(strong),
            tail.RateWithin(review),
            tail.UpperRateWithin(review),
            tail);

        int Greatest(double rate) => Enumerable.Range(0, Math.Min(contender.MaxDistance, tail.From) + 1)
            .LastOrDefault(distance => tail.RateWithin(distance) < rate, -1);
    }
}
