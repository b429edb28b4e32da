using HashMatch.Hashing;

namespace HashMatch.Benchmarks.Recall;

/// <summary>What another share of the permitted rate would give: the reason for the one that was taken.</summary>
/// <param name="ShareOfOthers">What each class but the first gets.</param>
/// <param name="Tiers">The distances of each class.</param>
/// <param name="RecallStrong">The share of all copies found with tier "strong".</param>
/// <param name="RecallReview">The same with any tier.</param>
internal sealed record CalibratedShare(
    double ShareOfOthers, IReadOnlyList<TierDistances> Tiers, double RecallStrong, double RecallReview)
{
    /// <summary>The shares that are compared.</summary>
    public static IReadOnlyList<double> Tried { get; } =
        [0.001, 0.005, 0.01, CalibratedClass.ShareOfOthers, 0.05, 0.1, 0.2];
}
