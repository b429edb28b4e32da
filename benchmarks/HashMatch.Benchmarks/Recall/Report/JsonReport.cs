using System.Text.Json;
using System.Text.Json.Serialization;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The figures as JSON: the file with all of them, and the line for standard output.</summary>
internal static class JsonReport
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    public static string Whole(RecallReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    public static string OneLineOf(Calibration calibration) => JsonSerializer.Serialize(calibration, OneLine);

    /// <summary>What a script wants to know first, on one line.</summary>
    public static string Summary(RecallReport report, string folder) => JsonSerializer.Serialize(
        new
        {
            report.Photos,
            report.Edits,
            report.Main.Register,
            report.Main.Query,
            report.Tiers.Strong,
            report.Tiers.Review,
            report.TiersFrom,
            RecallStrong = At(report.Main, report.Tiers.Strong),
            RecallReview = At(report.Main, report.Tiers.Review),
            RecallUsual = At(report.Main, report.Main.UsualDistance),
            PlainRecall = At(report.Plain, report.Plain.UsualDistance),
            WrongPairs = report.Main.Uploads.Pairs,
            WrongSmallest = report.Main.Uploads.Tail?.Smallest,
            WrongRateStrong = RateAt(report.Main.Uploads, report.Tiers.Strong),
            WrongRateReview = RateAt(report.Main.Uploads, report.Tiers.Review),
            FramePairs = report.Main.SameFrames.Pairs,
            FramesStrong = Seen(report.Main.SameFrames, report.Tiers.Strong),
            FramesReview = Seen(report.Main.SameFrames, report.Tiers.Review),
            Groups = report.Main.ByGroup.ToDictionary(
                group => group.Name,
                group => new
                {
                    Strong = At(group.Recall, report.Tiers.Strong),
                    Review = At(group.Recall, report.Tiers.Review),
                }),
            Report = folder,
        },
        OneLine);

    private static double? At(ContenderReport contender, int distance) => At(contender.Recall, distance);

    private static double? At(IReadOnlyList<double> recall, int distance) => distance < 0 ? null : recall[distance];

    private static double? RateAt(WrongReport wrong, int distance) =>
        distance < 0 ? null : wrong.RateWithin(distance);

    private static long? Seen(WrongReport wrong, int distance) =>
        distance < 0 ? null : wrong.Counts.Take(distance + 1).Sum();
}
