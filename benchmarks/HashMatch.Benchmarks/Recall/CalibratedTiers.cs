using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall;

/// <summary>The tiers of a pair of sets, the tail that they were read off, and what they do to frames.</summary>
/// <param name="Tiers">The distances.</param>
/// <param name="Tail">The tail of all edited uploads against all other photos.</param>
/// <param name="FramePairs">How many pairs of different photos in the same frame were compared.</param>
/// <param name="FramesStrong">How many of them lie within the distance of tier "strong".</param>
/// <param name="FramesReview">How many within that of tier "review".</param>
internal sealed record CalibratedTiers(
    Tiers Tiers, TailFit Tail, long FramePairs, long FramesStrong, long FramesReview);
