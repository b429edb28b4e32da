using System.Globalization;
using System.Text;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The figures as two tables for a spreadsheet, one line per number.</summary>
internal static class CsvReport
{
    /// <summary>Recall by contender, group, edit and distance; shares from 0 to 1.</summary>
    public static string Recall(RecallReport report)
    {
        var text = new StringBuilder("contender,group,edit,distance,recall\n");
        foreach (ContenderReport contender in report.Contenders)
        {
            foreach (RecallRow row in contender.ByEdit)
            {
                for (int distance = 0; distance < row.Recall.Count; distance++)
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"{contender.Name},{Quoted(row.Group)},{Quoted(row.Name)},{distance},{row.Recall[distance]}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>How many pairs of different photos lie at each distance, and the fitted rate within it.</summary>
    public static string WrongPairs(RecallReport report)
    {
        var text = new StringBuilder("contender,pairs,distance,count,fitted_rate_within\n");
        foreach (ContenderReport contender in report.Contenders)
        {
            foreach ((string name, WrongReport wrong) in ((string, WrongReport)[])
                [
                    ("photos", contender.Photos), ("uploads", contender.Uploads), ("frames", contender.SameFrames),
                ])
            {
                for (int distance = 0; distance < wrong.Counts.Count; distance++)
                {
                    string rate = distance < wrong.FittedRate.Count
                        ? wrong.FittedRate[distance].ToString("e3", CultureInfo.InvariantCulture)
                        : "";
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"{contender.Name},{name},{distance},{wrong.Counts[distance]},{rate}\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
