using System.Net;
using System.Text;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The parts of the page on what is found.</summary>
internal static class RecallSections
{
    private const int EveryColumn = 8;

    public static string OfAll(RecallReport report) =>
        $"""
        <section><h2>Found copies, by distance</h2>
        <p>The mean over all {report.Edits} edits. Going to the right finds more, and takes more strangers for copies.
        The upright lines are the tiers' distances for what is neither mirrored nor turned nor negative.</p>
        <figure>{ChartOfAll(report).Render()}</figure>
        </section>
        """;

    /// <summary>Recall against distance, the mean over all edits.</summary>
    public static LineChart ChartOfAll(RecallReport report) =>
        Chart(report, "All edits", report.Main.All.Recall, report.Plain.All.Recall, isSmall: false);

    public static string OfGroups(RecallReport report)
    {
        var html = new StringBuilder(
            "<section><h2>By kind of edit</h2><p>The same for each group. What is near 100 % at the left is no problem "
            + "for any hash; what stays low at the right is lost.</p><div class=\"grid-of-charts\">");
        for (int i = 0; i < report.Main.ByGroup.Count; i++)
        {
            RecallRow row = report.Main.ByGroup[i];
            html.Append($"<figure><figcaption>{Name(row.Name)} <span>{Edits(row.Edits)}")
                .Append($"{AtStrong(row)}</span></figcaption>")
                .Append(Chart(report, row.Name, row.Recall, report.Plain.ByGroup[i].Recall, isSmall: true).Render())
                .Append("</figure>");
        }

        return html.Append("</div>").Append(LineChart.Legend(Lines(report, [], []))).Append("</section>").ToString();

        string AtStrong(RecallRow row) => report.Main.HasTiers ? $", {Figures.Percent(row.Strong)} at strong" : "";
    }

    public static string OfEdits(RecallReport report)
    {
        int[] columns = [.. Enumerable.Range(0, report.Main.All.Recall.Count).Where(i => i % EveryColumn == 0)];
        var html = new StringBuilder(
            "<section><h2>Every edit</h2><p>Percent of the photos whose copy is found, with each tier, by one plain "
            + "hash, and within each distance. The names are those of the specification.</p>"
            + "<div class=\"scroll\"><table class=\"heat\"><caption>Recall of each edit in percent</caption>"
            + "<thead><tr><th scope=\"col\">edit</th><th scope=\"col\">strong</th><th scope=\"col\">review</th>"
            + "<th scope=\"col\" class=\"apart\">plain</th>");
        foreach (int distance in columns)
        {
            html.Append($"<th scope=\"col\">{distance}</th>");
        }

        html.Append("</tr></thead>");
        foreach ((RecallRow group, RecallRow plainGroup) in report.Main.ByGroup.Zip(report.Plain.ByGroup))
        {
            html.Append("<tbody>");
            AddRow($"{Name(group.Name)} <span>{Edits(group.Edits)}</span>", group, plainGroup, "group");
            foreach ((RecallRow edit, RecallRow plain) in report.Main.ByEdit.Zip(report.Plain.ByEdit)
                .Where(pair => pair.First.Group == group.Name))
            {
                AddRow(WebUtility.HtmlEncode(edit.Name), edit, plain, "");
            }

            html.Append("</tbody>\n");
        }

        return html.Append("</table></div></section>").ToString();

        void AddRow(string name, RecallRow row, RecallRow plain, string style)
        {
            html.Append($"<tr class=\"{style}\"><th scope=\"row\">{name}</th>");
            AddCell(row.Strong, "");
            AddCell(row.Review, "");
            AddCell(plain.Recall[report.Plain.UsualDistance], "apart");
            foreach (int distance in columns)
            {
                AddCell(row.Recall[distance], "");
            }

            html.Append("</tr>\n");
        }

        void AddCell(double found, string style)
        {
            string share = Figures.Whole(found);
            html.Append($"<td class=\"{style}\" style=\"--share:{share}%\">{share}</td>");
        }
    }

    private static LineChart Chart(
        RecallReport report, string name, IReadOnlyList<double> main, IReadOnlyList<double> plain, bool isSmall) =>
        new LineChart
        {
            Title = $"{name}: share of copies found within each distance",
            X = ChartAxis.Numbers("distance", 0, main.Count - 1, isSmall ? 2 * EveryColumn : EveryColumn, "distance"),
            Y = ChartAxis.Percent("found, %"),
            Lines = Lines(report, main, plain),
            Marks = report.Main.HasTiers
                ? [(report.Main.Untouched.Strong, "strong"), (report.Main.Untouched.Review, "review")]
                : [],
            Width = isSmall ? 360 : 640,
            Height = isSmall ? 240 : 360,
            HasLegend = !isSmall,
        };

    private static ChartLine[] Lines(
        RecallReport report, IReadOnlyList<double> main, IReadOnlyList<double> plain) =>
    [
        new ChartLine("one plain hash on both sides", "s2", Points(plain)),
        new ChartLine($"{report.Main.Register} registered, {report.Main.Query} asked for", "s1", Points(main)),
    ];

    private static (double X, double Y)[] Points(IReadOnlyList<double> recall) =>
        [.. recall.Select((share, distance) => ((double)distance, share)).Where(point => point.Item1 % 2 == 0)];

    private static string Name(string group) => WebUtility.HtmlEncode(group.Replace('_', ' '));

    private static string Edits(int count) => count == 1 ? "1 edit" : $"{count} edits";
}
