using System.Text.Json;
using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Benchmarks.Recall.Report;

namespace HashMatch.Benchmarks.Recall;

/// <summary>The distances of the tiers for each pair of sets, with the tails that they come from.</summary>
/// <param name="Photos">How many photos it was measured on.</param>
/// <param name="Edits">In how many edits.</param>
/// <param name="Sets">The pairs of sets.</param>
internal sealed record Calibration(int Photos, int Edits, IReadOnlyList<CalibratedTiers> Sets)
{
    /// <summary>The one that is checked in.</summary>
    public static Calibration CheckedIn { get; } = Parse(Resource.Text("calibration.json"));

    public static Calibration Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Calibration>(text, JsonReport.Options)
                ?? throw new RecallFailure("The calibration is empty.");
        }
        catch (JsonException failure)
        {
            throw new RecallFailure($"The calibration is not understood: {failure.Message}");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, JsonReport.Options) + "\n";

    public Tiers? Find(string register, string query) => Sets
        .Select(set => set.Tiers)
        .FirstOrDefault(tiers => tiers.Register == register && tiers.Query == query);
}
