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
            Tiers = report.Main.Uploads.ByClass.Select(one => new { one.Name, one.Strong, one.Review }),
            RecallStrong = report.Main.All.Strong,
            RecallReview = report.Main.All.Review,
            RecallUsual = report.Main.All.Recall[report.Main.UsualDistance],
            PlainRecall = report.Plain.All.Recall[report.Plain.UsualDistance],
            WrongPairs = report.Main.Uploads.Pairs,
            WrongSmallest = report.Main.Uploads.Tail?.Smallest,
            WrongStrong = report.Main.Uploads.Strong,
            WrongReview = report.Main.Uploads.Review,
            WrongRateStrong = report.Main.Uploads.StrongRate,
            WrongRateStrongUpper = report.Main.Uploads.StrongRateUpper,
            WrongRateReview = report.Main.Uploads.ReviewRate,
            WrongRateReviewUpper = report.Main.Uploads.ReviewRateUpper,
            FramePairs = report.Main.SameFrames.Pairs,
            FramesStrong = report.Main.SameFrames.Strong,
            FramesReview = report.Main.SameFrames.Review,
            Groups = report.Main.ByGroup.ToDictionary(
                group => group.Name, group => new { group.Strong, group.Review }),
            Report = folder,
        },
        OneLine);
}
