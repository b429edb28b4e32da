namespace HashMatch.Benchmarks.Recall;

/// <summary>What the distances of a set come to, all its classes together.</summary>
/// <param name="Query">The set that is asked for.</param>
/// <param name="StrongRate">How often an upload is taken for a picture that is not in it, with tier "strong".</param>
/// <param name="StrongRateUpper">The sum of the upper bounds of 95 % of the classes.</param>
/// <param name="ReviewRate">The same as the first with any tier.</param>
/// <param name="ReviewRateUpper">The upper bound of that.</param>
/// <param name="Pairs">How many edited uploads and other photos were compared.</param>
/// <param name="PairsStrong">How many of them are strong.</param>
/// <param name="PairsReview">How many have any tier.</param>
/// <param name="FramePairs">How many different photos in the same frame were compared.</param>
/// <param name="FramesStrong">How many of them are strong.</param>
/// <param name="FramesReview">How many have any tier.</param>
internal sealed record CalibratedSet(
    string Query,
    double StrongRate,
    double StrongRateUpper,
    double ReviewRate,
    double ReviewRateUpper,
    long Pairs,
    long PairsStrong,
    long PairsReview,
    long FramePairs,
    long FramesStrong,
    long FramesReview);
