using HashMatch.Hashing;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>The distances of the tiers for each class of the hashes that are asked for.</summary>
/// <param name="ByClass">In the order of the contender's classes.</param>
internal sealed record Tiers(IReadOnlyList<TierDistances> ByClass)
{
    /// <summary>How often an upload may match a picture that is not in it, all hashes of both together.</summary>
    public const double StrongRate = 1e-12;

    /// <inheritdoc cref="StrongRate"/>
    public const double ReviewRate = 1e-9;

    /// <summary>The product's table; no tier for hashes that are not the product's.</summary>
    public static Tiers Of(Contender contender) => new(
    [
        .. contender.Classes.Select(one => contender.Query.Asked is { } asked
            ? MatchTiers.DistancesFor(asked, one.Turns[0], one.IsNegative)
            : new TierDistances(-1, -1)),
    ]);

    public ConfidenceTier? Of(int hashClass, int distance) =>
        distance <= ByClass[hashClass].Strong ? ConfidenceTier.Strong
        : distance <= ByClass[hashClass].Review ? ConfidenceTier.Review
        : null;
}
