using System.Net;
using System.Text;
using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The parts of the page on what is found by mistake.</summary>
internal static class WrongSections
{
    private const int LowestPower = -18;
    private const int FewestShown = 8;

    public static string OfUploads(RecallReport report)
    {
        WrongReport uploads = report.Main.Uploads;
        string fit = uploads.Tail is { } tail
            ? $"""
              <p>None of {Figures.Count(tail.Pairs)} pairs is nearer than {tail.Smallest}. To tell how often it would
              happen with far more pairs, a line is fitted to the lower tail: an exponential, by maximum likelihood, to
              the {Figures.Count(tail.Events)} pairs (of {Figures.Count(tail.PhotoPairs)} pairs of photos) within
              distance {tail.From}, the shaded part. It falls by {tail.DecadesPerBit:F3} powers of ten with each bit.
              Independent bits ({uploads.IndependentBits:F0} of them scatter as single hashes do) would fall faster
              still: the straight line is the cautious one, and the tiers are read off it. The thin line is its upper
              bound of 95 %, with edits of one pair of photos counted once.</p>
              {RateTable(report, tail)}
              """
            : "<p>There are too few photos to tell how often that happens.</p>";
        return
            $"""
            <section><h2>Found by mistake</h2>
            <p>All edited uploads against all other photos, {Figures.Count(uploads.Pairs)} pairs; a pair counts with the
            smallest distance of all its hashes. Points are what was seen: the share of pairs within each distance.</p>
            <figure>{TailChart(report)}</figure>
            {fit}
            {Nearest(uploads)}</section>
            """;
    }

    public static string OfFrames(RecallReport report)
    {
        WrongReport frames = report.Main.SameFrames;
        if (frames.Pairs == 0)
        {
            return "";
        }

        var rows = new StringBuilder();
        foreach ((string name, int distance) in Distances(report))
        {
            long seen = frames.Counts.Take(distance + 1).Sum();
            rows.Append($"<tr><th scope=\"row\">{name}</th><td>{distance}</td><td>{Figures.Count(seen)}</td>")
                .Append($"<td>{Figures.Rate(frames.SeenWithin(distance))}</td></tr>");
        }

        return
            $"""
            <section><h2>Different photos in the same frame</h2>
            <p>Two screenshots of the same app share most of their pixels, whatever photo is in them. Here somebody has
            registered a photo in a frame (a screenshot, a caption, a print), and another photo is uploaded in the same
            frame: {Figures.Count(frames.Pairs)} pairs, the smallest at distance
            {frames.Counts.TakeWhile(count => count == 0).Count()}.</p>
            <div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">distance</th>
            <th scope="col">pairs within</th><th scope="col">share</th></tr></thead><tbody>{rows}</tbody></table></div>
            {Nearest(frames)}</section>
            """;
    }

    private static string TailChart(RecallReport report)
    {
        WrongReport uploads = report.Main.Uploads;
        TailFit? tail = uploads.Tail;
        int last = tail is null ? report.Main.Bits / 2 : Math.Min(report.Main.Bits / 2, tail.From + 24);
        var lines = new List<ChartLine>
        {
            new("seen", "s3 dots", Points(last, uploads.SeenWithin)),
        };
        if (tail is not null)
        {
            lines.Add(new ChartLine("fitted exponential", "s1", Points(tail.From, tail.RateWithin)));
            lines.Add(new ChartLine("its upper bound, 95 %", "s1 thin", Points(tail.From, tail.UpperRateWithin)));
            lines.Add(new ChartLine(
                "independent bits", "s2", Points(tail.From, distance => uploads.BinomialRate[distance])));
        }

        return new LineChart
        {
            Title = "Share of pairs of different photos within each distance, on a logarithmic scale",
            X = ChartAxis.Numbers("distance", 0, last, 10, "distance"),
            Y = ChartAxis.Powers("share of pairs within", LowestPower, 0, 3),
            Lines = lines,
            Marks =
            [
                .. Distances(report).Where(tier => tier.Name != "usual")
                    .Select(tier => ((double)tier.Distance, tier.Name)),
            ],
            Levels = [(Tiers.StrongRate, ""), (Tiers.ReviewRate, "")],
            Band = tail is null ? null : (tail.Smallest, tail.From),
        }.Render();
    }

    private static string RateTable(RecallReport report, TailFit tail)
    {
        var rows = new StringBuilder();
        foreach ((string name, int distance) in Distances(report).Where(tier => tier.Distance <= tail.From))
        {
            rows.Append($"<tr><th scope=\"row\">{name}</th><td>{distance}</td>")
                .Append($"<td>{Figures.Percent(report.Main.Recall[distance])}</td>")
                .Append($"<td>{Figures.Rate(tail.RateWithin(distance))}</td>")
                .Append($"<td>{Figures.Rate(tail.UpperRateWithin(distance))}</td>")
                .Append($"<td>{Figures.Rate(report.Main.Uploads.BinomialRate[distance])}</td></tr>");
        }

        return
            $"""
            <div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">distance</th>
            <th scope="col">copies found</th><th scope="col">wrong rate, fitted</th><th scope="col">upper bound</th>
            <th scope="col">independent bits</th></tr></thead><tbody>{rows}</tbody></table></div>
            """;
    }

    private static IEnumerable<(string Name, int Distance)> Distances(RecallReport report) =>
        ((IEnumerable<(string Name, int Distance)>)
        [
            ("usual", report.Main.UsualDistance), ("strong", report.Tiers.Strong), ("review", report.Tiers.Review),
        ]).Where(tier => tier.Distance >= 0);

    private static (double X, double Y)[] Points(int last, Func<int, double> rate) =>
    [
        .. Enumerable.Range(0, last + 1).Where(distance => distance % 2 == 0)
            .Select(distance => ((double)distance, rate(distance)))
            .Where(point => point.Item2 > 0),
    ];

    private static string Nearest(WrongReport wrong)
    {
        IEnumerable<string> rows = wrong.Nearest.Take(FewestShown).Select(pair =>
            $"<tr><td>{WebUtility.HtmlEncode(pair.Upload)}</td><td>{WebUtility.HtmlEncode(pair.Edit)}</td>"
            + $"<td>{WebUtility.HtmlEncode(pair.Registered)}</td><td>{pair.Distance}</td></tr>");
        return
            $"""
            <details><summary>The nearest pairs</summary><div class="scroll"><table><thead><tr>
            <th scope="col">uploaded</th><th scope="col">as</th><th scope="col">registered</th>
            <th scope="col">distance</th></tr></thead><tbody>{string.Concat(rows)}</tbody></table></div></details>
            """;
    }
}
