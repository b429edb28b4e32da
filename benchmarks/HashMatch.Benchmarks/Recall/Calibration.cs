using System.Text.Json;
using HashMatch.Benchmarks.Recall.Report;

namespace HashMatch.Benchmarks.Recall;

/// <summary>What is written to <c>tiers.json</c>: the distances that the product uses, and the evidence.</summary>
/// <param name="Photos">How many photos it was measured on.</param>
/// <param name="Edits">In how many edits.</param>
/// <param name="Register">The set that was registered.</param>
/// <param name="Query">The set that was asked for; the others are parts of it.</param>
/// <param name="Tiers">The distances of each class of hashes, with the tail that they were read off.</param>
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
internal sealed record Calibration(
    int Photos,
    int Edits,
    string Register,
    string Query,
    IReadOnlyList<CalibratedClass> Tiers,
    double StrongRate,
    double StrongRateUpper,
    double ReviewRate,
    double ReviewRateUpper,
    long Pairs,
    long PairsStrong,
    long PairsReview,
    long FramePairs,
    long FramesStrong,
    long FramesReview)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonReport.Options) + "\n";
}
