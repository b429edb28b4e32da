using System.Globalization;
using System.Text;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The figures in a few lines, for a terminal.</summary>
internal static class TextReport
{
    public static string Of(RecallReport report)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Photos} photos x {report.Edits} edits; copies found, in percent\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.Main.Name,-24}strong  review  plain PDQ\n");
        foreach (WrongClass one in report.Main.Uploads.ByClass)
        {
            string usual = one == report.Main.Untouched ? $"{report.Plain.UsualDistance,11}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  within, {one.Name,-14}{one.Strong,6}{one.Review,8}{usual}\n");
        }

        for (int i = 0; i < report.Main.ByGroup.Count; i++)
        {
            RecallRow row = report.Main.ByGroup[i];
            AddLine($"{row.Name} ({row.Edits})", row, report.Plain.ByGroup[i]);
        }

        AddLine("all", report.Main.All, report.Plain.All);
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nwrong: {report.Main.Uploads.Strong} strong and {report.Main.Uploads.Review} with any tier of "
            + $"{report.Main.Uploads.Pairs} pairs; in the same frame {report.Main.SameFrames.Strong} and "
            + $"{report.Main.SameFrames.Review} of {report.Main.SameFrames.Pairs}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"wrong rate by the fitted tails: strong {Rate(report.Main.Uploads.StrongRate)} (upper bound "
            + $"{Rate(report.Main.Uploads.StrongRateUpper)}), review {Rate(report.Main.Uploads.ReviewRate)} "
            + $"(upper bound {Rate(report.Main.Uploads.ReviewRateUpper)})\n\n");
        foreach (ContenderReport contender in report.Contenders)
        {
            double rate = contender.Uploads.RateWithin(contender.UsualDistance);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{contender.Name,-16} within {contender.UsualDistance,2}: finds "
                + $"{Percent(contender.All.Recall[contender.UsualDistance])} %, and {Figures.PlainRate(rate)} of other "
                + $"pictures{(contender == report.Contenders[^1] ? "" : "\n")}");
        }

        return text.ToString();

        void AddLine(string name, RecallRow row, RecallRow plain) => text.Append(
            CultureInfo.InvariantCulture,
            $"{name,-24}{Percent(row.Strong),6}{Percent(row.Review),8}"
            + $"{Percent(plain.Recall[report.Plain.UsualDistance]),11}\n");
    }

    public static string Of(Calibration calibration)
    {
        IEnumerable<string> classes = calibration.Tiers.Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Class,-10} {Percent(one.Share),4} %: strong {one.Strong,2}, review {one.Review,2}; the tail falls "
            + $"by {one.Tail.DecadesPerBit:F3} +- {one.Tail.DecadesPerBitError:F3} powers of ten a bit below "
            + $"{one.Tail.From}, smallest {one.Tail.Smallest}"));
        string all = $"strong {Figures.PlainRate(calibration.StrongRate)} (upper bound "
            + $"{Figures.PlainRate(calibration.StrongRateUpper)}), review {Figures.PlainRate(calibration.ReviewRate)} "
            + $"(upper bound {Figures.PlainRate(calibration.ReviewRateUpper)}); seen {calibration.PairsStrong} and "
            + $"{calibration.PairsReview} of {calibration.Pairs}, in the same frame {calibration.FramesStrong} and "
            + $"{calibration.FramesReview} of {calibration.FramePairs}";
        return string.Join('\n', [.. classes, all]);
    }

    private static string Percent(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture);

    private static string Rate(double? rate) => rate is { } known ? Figures.PlainRate(known) : "unknown";
}
