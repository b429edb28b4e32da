using System.Text.Json;
using HashMatch.Benchmarks.Recall.Report;

namespace HashMatch.Benchmarks.Recall;

/// <summary>What is written to <c>tiers.json</c>: the distances that the product uses, and the evidence.</summary>
/// <param name="Photos">How many photos it was measured on.</param>
/// <param name="Edits">In how many edits.</param>
/// <param name="Register">The set that was registered.</param>
/// <param name="Tiers">The distances of each class of hashes, with the tail that they were read off.</param>
/// <param name="Sets">What follows for each set that is asked for.</param>
internal sealed record Calibration(
    int Photos,
    int Edits,
    string Register,
    IReadOnlyList<CalibratedClass> Tiers,
    IReadOnlyList<CalibratedSet> Sets)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonReport.Options) + "\n";
}
