using System.Globalization;
using System.Net;
using System.Text;
using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The parts of the page that weigh ways to find copies against each other.</summary>
internal static class ComparisonSections
{
    private const int LowestPower = -16;

    private static readonly string[] Styles = ["s1", "s2", "s3", "s4", "s5"];

    public static string OfSmallHashes(RecallReport report)
    {
        ChartLine[] lines =
        [
            .. report.Contenders.Select((contender, i) => new ChartLine(
                contender.Name,
                Styles[i % Styles.Length],
                [
                    .. contender.All.Recall.Select((share, distance) => (contender.Uploads.RateWithin(distance), share))
                        .Where(point => point.Item1 > 0),
                ])),
        ];
        string chart = new LineChart
        {
            Title = "Share of copies found against the rate of wrong matches, for each kind of hash",
            X = ChartAxis.Powers("wrong rate (to the left is better)", LowestPower, 0, 4),
            Y = ChartAxis.Percent("found, %"),
            Lines = lines,
            Marks = [(Tiers.StrongRate, "strong"), (Tiers.ReviewRate, "review")],
        }.Render();
        var rows = new StringBuilder();
        foreach (ContenderReport contender in report.Contenders)
        {
            foreach (int distance in new[] { contender.UsualDistance / 2, contender.UsualDistance })
            {
                rows.Append($"<tr><th scope=\"row\">{WebUtility.HtmlEncode(contender.Name)}</th>")
                    .Append($"<td>{contender.Bits}</td><td>{distance}</td>")
                    .Append($"<td>{Figures.Percent(contender.All.Recall[distance])}</td>")
                    .Append($"<td>{Figures.Rate(contender.Uploads.RateWithin(distance))}</td>")
                    .Append($"<td>{Figures.Count(contender.Uploads.Counts.Take(distance + 1).Sum())}</td></tr>");
            }

            if (contender == report.Main && contender.Uploads.StrongRate is { } strong)
            {
                AddTier("strong", contender.All.Strong, strong, contender.Uploads.Strong);
                AddTier("review", contender.All.Review, contender.Uploads.ReviewRate ?? 0, contender.Uploads.Review);
            }
        }

        void AddTier(string tier, double found, double rate, long seen) =>
            rows.Append($"<tr><th scope=\"row\">{WebUtility.HtmlEncode(report.Main.Name)}</th>")
                .Append($"<td>{report.Main.Bits}</td><td>{tier}</td><td>{Figures.Percent(found)}</td>")
                .Append($"<td>{Figures.Rate(rate)}</td><td>{Figures.Count(seen)}</td></tr>");

        return
            $"""
            <section><h2>Beside the hashes that platforms may use today</h2>
            <p>aHash, dHash and pHash are hashes of 64 bits with one number for the whole picture, as libraries such as
            CoenM.ImageHash offer them. Against a million pictures a rate of 10<sup>−6</sup> is one wrong match for each
            upload. Each point is a distance.</p>
            <figure>{chart}</figure>
            <div class="scroll"><table><thead><tr><th scope="col">hash</th><th scope="col">bits</th>
            <th scope="col">distance</th><th scope="col">copies found</th><th scope="col">wrong rate</th>
            <th scope="col">wrong pairs seen</th></tr></thead><tbody>{rows}</tbody></table></div></section>
            """;
    }

    public static string OfNumbers(RecallReport report)
    {
        var html = new StringBuilder(
            "<section><h2>How many hashes it takes</h2><p>More hashes of a picture find more, cost more, and tell more "
            + "about it. Recall with only the first so many of one side, and all of the other.</p>");
        bool any = false;
        foreach ((string side, string name) in
            ((string, string)[])[("register", "registered"), ("query", "asked for")])
        {
            HashNumberRow[] rows = [.. report.Main.ByNumberOfHashes.Where(row => row.Side == side)];
            if (rows.Length > 1)
            {
                any = true;
                html.Append("<figure>").Append(new LineChart
                {
                    Title = $"Share of copies found with so many hashes {name}",
                    X = ChartAxis.Numbers(
                        $"hashes {name} for each picture", 1, rows.Length, rows.Length > 20 ? 8 : 1, "hashes:"),
                    Y = ChartAxis.Percent("found, %"),
                    Lines = [.. Lines(rows)],
                    Height = 300,
                }.Render()).Append("</figure>");
            }
        }

        html.Append(any ? "" : "<p>This run has one hash on either side.</p>").Append(Views(report));
        return html.Append("</section>").ToString();

        IEnumerable<ChartLine> Lines(HashNumberRow[] rows)
        {
            if (report.Main.HasTiers)
            {
                yield return Line("review", "s3", row => row.Review);
                yield return Line("strong", "s1", row => row.Strong);
            }

            yield return Line($"distance {report.Main.UsualDistance}", "s2", row => row.Usual);

            ChartLine Line(string name, string style, Func<HashNumberRow, double> found) =>
                new(name, style, [.. rows.Select(row => ((double)row.Hashes, found(row)))]);
        }
    }

    public static string OfCosts(RecallReport report)
    {
        double most = report.Costs.Max(cost => cost.Milliseconds);
        IEnumerable<string> rows = report.Costs.Select(cost => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <tr><th scope="row">{WebUtility.HtmlEncode(cost.Name)}</th><td>{cost.Hashes}</td>
            <td>{cost.Milliseconds:F2}</td>
            <td class="bar"><i style="width:{cost.Milliseconds / most * 100:F1}%"></i></td></tr>

            """));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <section><h2>What hashing costs</h2>
            <p>Milliseconds for a decoded photo of {report.Costs[0].Megapixels:F2} megapixels, on one thread of this
            machine, all hashes of the set together; the median of photos.</p>
            <div class="scroll"><table><thead><tr><th scope="col">what</th><th scope="col">hashes</th>
            <th scope="col">ms</th><th scope="col"></th></tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>
            </section>
            """);
    }

    private static string Views(RecallReport report)
    {
        if (report.Main.ClosestViews.CountBy(view => view.Side).All(side => side.Value < 2))
        {
            return "";
        }

        double found = report.Main.ClosestViews.Where(view => view.Side == "query").Sum(view => view.Copies);
        IEnumerable<string> rows = report.Main.ClosestViews.Select(view =>
            $"<tr><td>{(view.Side == "query" ? "asked for" : "registered")}</td>"
            + $"<th scope=\"row\">{WebUtility.HtmlEncode(view.View)}</th>"
            + $"<td>{Figures.Percent(view.Copies / found)}</td></tr>");
        return
            $"""
            <details><summary>Which views come closest</summary><div class="scroll"><table><thead><tr>
            <th scope="col">side</th><th scope="col">view</th><th scope="col">of the copies found</th></tr></thead>
            <tbody>{string.Concat(rows)}</tbody></table></div></details>
            """;
    }
}
