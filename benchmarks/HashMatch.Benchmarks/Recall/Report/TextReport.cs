using System.Globalization;
using System.Text;
using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The figures in a few lines, for a terminal.</summary>
internal static class TextReport
{
    public static string Of(RecallReport report)
    {
        (int strong, int review) = (report.Tiers.Strong, report.Tiers.Review);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Photos} photos x {report.Edits} edits; copies found, in percent\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.Main.Name,-24}strong  review   plain\n");
        text.Append(CultureInfo.InvariantCulture, $"{"within",-24}{strong,6}{review,8}{31,8}\n");
        for (int i = 0; i < report.Main.ByGroup.Count; i++)
        {
            RecallRow row = report.Main.ByGroup[i];
            AddLine(text, $"{row.Name} ({row.Edits})", row.Recall, report.Plain.ByGroup[i].Recall);
        }

        AddLine(text, "all", report.Main.Recall, report.Plain.Recall);
        text.Append('\n');
        foreach (ContenderReport contender in report.Contenders)
        {
            double rate = contender.Uploads.RateWithin(contender.UsualDistance);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{contender.Name,-16} within {contender.UsualDistance,2}: finds {Percent(contender)}, and "
                + $"{Figures.PlainRate(rate)} of other pictures{(contender == report.Contenders[^1] ? "" : "\n")}");
        }

        return text.ToString();

        void AddLine(StringBuilder to, string name, IReadOnlyList<double> recall, IReadOnlyList<double> plain) =>
            to.Append(
                CultureInfo.InvariantCulture,
                $"{name,-24}{At(recall, strong),6}{At(recall, review),8}{At(plain, 31),8}\n");

        static string Percent(ContenderReport contender) => At(contender.Recall, contender.UsualDistance) + " %";
    }

    public static string Of(Calibration calibration) => string.Join('\n', calibration.Sets.Select(set =>
    {
        Tiers tiers = set.Tiers;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tiers.Register,-8}{tiers.Query,-8} strong {tiers.Strong,2}, review {tiers.Review,2}; smallest of "
            + $"{set.Tail.Pairs} pairs: {set.Tail.Smallest}; in the same frame within them: {set.FramesStrong} and "
            + $"{set.FramesReview} of {set.FramePairs}");
    }));

    private static string At(IReadOnlyList<double> recall, int distance) =>
        distance < 0 ? "-" : (recall[distance] * 100).ToString("F1", CultureInfo.InvariantCulture);
}
