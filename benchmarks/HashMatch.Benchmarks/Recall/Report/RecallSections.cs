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
        </p>
        <figure>{Chart(report, "All edits", report.Main.Recall, report.Plain.Recall, isSmall: false)}</figure></section>
        """;

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
                .Append(Chart(report, row.Name, row.Recall, report.Plain.ByGroup[i].Recall, isSmall: true))
                .Append("</figure>");
        }

        return html.Append("</div>").Append(LineChart.Legend(Lines(report, [], []))).Append("</section>").ToString();

        string AtStrong(RecallRow row) => report.Tiers.Strong < 0
            ? ""
            : $", {Figures.Percent(row.Recall[report.Tiers.Strong])} at strong";
    }

    public static string OfEdits(RecallReport report)
    {
        SortedSet<int> columns = [report.Main.UsualDistance, report.Tiers.Strong, report.Tiers.Review];
        columns.UnionWith(Enumerable.Range(0, report.Main.Recall.Count).Where(distance => distance % EveryColumn == 0));
        columns.RemoveWhere(distance => distance < 0);
        var html = new StringBuilder(
            "<section><h2>Every edit</h2><p>Percent of the photos whose copy is found, within each distance. "
            + "The names are those of the specification.</p><div class=\"scroll\"><table class=\"heat\">"
            + "<caption>Recall of each edit in percent</caption><thead><tr><th scope=\"col\">edit</th>");
        foreach (int distance in columns)
        {
            string tier = distance == report.Tiers.Strong ? "<br><b>strong</b>"
                : distance == report.Tiers.Review ? "<br><b>review</b>" : "";
            html.Append($"<th scope=\"col\">{distance}{tier}</th>");
        }

        html.Append("</tr></thead>");
        foreach (RecallRow group in report.Main.ByGroup)
        {
            html.Append("<tbody>");
            AddRow($"{Name(group.Name)} <span>{Edits(group.Edits)}</span>", group, "group");
            foreach (RecallRow edit in report.Main.ByEdit.Where(edit => edit.Group == group.Name))
            {
                AddRow(WebUtility.HtmlEncode(edit.Name), edit, "");
            }

            html.Append("</tbody>\n");
        }

        return html.Append("</table></div></section>").ToString();

        void AddRow(string name, RecallRow row, string style)
        {
            html.Append($"<tr class=\"{style}\"><th scope=\"row\">{name}</th>");
            foreach (int distance in columns)
            {
                string share = Figures.Whole(row.Recall[distance]);
                html.Append($"<td style=\"--share:{share}%\">{share}</td>");
            }

            html.Append("</tr>\n");
        }
    }

    private static string Chart(
        RecallReport report, string name, IReadOnlyList<double> main, IReadOnlyList<double> plain, bool isSmall)
    {
        var marks = new List<(double X, string Name)>();
        if (report.Tiers.Strong >= 0)
        {
            marks.Add((report.Tiers.Strong, "strong"));
        }

        if (report.Tiers.Review > report.Tiers.Strong)
        {
            marks.Add((report.Tiers.Review, "review"));
        }

        return new LineChart
        {
            Title = $"{name}: share of copies found within each distance",
            X = ChartAxis.Numbers("distance", 0, main.Count - 1, isSmall ? 2 * EveryColumn : EveryColumn, "distance"),
            Y = ChartAxis.Percent("found, %"),
            Lines = Lines(report, main, plain),
            Marks = marks,
            Width = isSmall ? 360 : 640,
            Height = isSmall ? 240 : 360,
            HasLegend = !isSmall,
        }.Render();
    }

    private static ChartLine[] Lines(
        RecallReport report, IReadOnlyList<double> main, IReadOnlyList<double> plain)
    {
        var first = new ChartLine(
            $"{report.Main.Register} registered, {report.Main.Query} asked for", "s1", Points(main));
        return report.Main == report.Plain
            ? [first]
            : [new ChartLine("one plain hash on both sides", "s2", Points(plain)), first];
    }

    private static (double X, double Y)[] Points(IReadOnlyList<double> recall) =>
        [.. recall.Select((share, distance) => ((double)distance, share)).Where(point => point.Item1 % 2 == 0)];

    private static string Name(string group) => WebUtility.HtmlEncode(group.Replace('_', ' '));

    private static string Edits(int count) => count == 1 ? "1 edit" : $"{count} edits";
}
