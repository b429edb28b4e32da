using System.Net;
using System.Text;
using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The parts of the page on what is found by mistake.</summary>
internal static class WrongSections
{
    private const int LowestPower = -18;
    private const int FewestShown = 8;

    private static readonly string[] Styles = ["s1", "s2", "s3", "s4"];

    public static string OfUploads(RecallReport report)
    {
        WrongReport uploads = report.Main.Uploads;
        string fit = uploads.ByClass.All(one => one.Tail is not null)
            ? $"""
              <p>To tell how often it would happen with far more pairs, a line is fitted to each lower tail: an
              exponential, by maximum likelihood, to the nearest one in a thousand of the pairs. Independent bits
              ({uploads.IndependentBits:F0} of them scatter as single hashes do) would fall ever faster and lie below
              it, so that the straight line is the cautious one; the distances of the tiers were read off such lines.
              The upper bound of 95 % takes whole photos as its trials, for some are like many others.</p>
              {RateTable(uploads)}
              """
            : "<p>There are too few photos to tell how often that happens with far more of them.</p>";
        return
            $"""
            <section><h2>Found by mistake</h2>
            <p>All edited uploads against all other photos, {Figures.Count(uploads.Pairs)} pairs; a pair counts with the
            smallest distance of all its hashes, of the upload as it is or mirrored, turned or made a negative. Points
            are what was seen: the share of pairs within each distance. None was nearer than
            {uploads.Counts.TakeWhile(count => count == 0).Count()}; {Seen(uploads)}.</p>
            <figure>{TailChart(report).Render()}</figure>
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

        return
            $"""
            <section><h2>Different photos in the same frame</h2>
            <p>Two screenshots of the same app share most of their pixels, whatever photo is in them. Here somebody has
            registered a photo in a frame (a screenshot, a caption, a print), and another photo is uploaded in the same
            frame: {Figures.Count(frames.Pairs)} pairs, the smallest at distance
            {frames.Counts.TakeWhile(count => count == 0).Count()}; {Seen(frames)}.</p>
            {Nearest(frames)}</section>
            """;
    }

    private static string Seen(WrongReport wrong) =>
        $"{Figures.Count(wrong.Strong)} are taken for copies with tier strong, {Figures.Count(wrong.Review)} with any";

    /// <summary>The share of pairs within each distance, as seen and as fitted.</summary>
    public static LineChart TailChart(RecallReport report)
    {
        WrongReport uploads = report.Main.Uploads;
        int bits = report.Main.Bits;
        int last = Math.Min(bits / 2, uploads.ByClass.Max(one => one.Tail?.From ?? bits) + 14);
        var lines = new List<ChartLine>();
        foreach ((WrongClass one, string style) in uploads.ByClass.Zip(Styles))
        {
            double pairs = one.Counts.Sum();
            lines.Add(new ChartLine(
                $"{one.Name}: seen",
                $"{style} dots",
                Points(last, distance => one.Counts.Take(distance + 1).Sum() / pairs)));
            if (one.Tail is { } tail)
            {
                lines.Add(new ChartLine($"{one.Name}: fitted", style, Points(tail.From, tail.RateWithin)));
            }
        }

        WrongClass untouched = uploads.ByClass[0];
        return new LineChart
        {
            Title = "Share of pairs of different photos within each distance, on a logarithmic scale",
            X = ChartAxis.Numbers("distance", 0, last, 10, "distance"),
            Y = ChartAxis.Powers("share of pairs within", LowestPower, 0, 3),
            Lines = lines,
            Marks = untouched.Review < 0 ? [] : [(untouched.Strong, "strong"), (untouched.Review, "review")],
            Levels = [(Tiers.StrongRate, ""), (Tiers.ReviewRate, "")],
            Height = 420,
        };
    }

    private static string RateTable(WrongReport uploads)
    {
        if (uploads.StrongRate is null)
        {
            return "";
        }

        var rows = new StringBuilder();
        foreach (WrongClass one in uploads.ByClass)
        {
            AddRow(
                one.Name,
                $"{one.Strong}",
                one.StrongRate,
                one.StrongRateUpper,
                $"{one.Review}",
                one.ReviewRate,
                one.ReviewRateUpper);
        }

        AddRow(
            "all together",
            "",
            uploads.StrongRate,
            uploads.StrongRateUpper,
            "",
            uploads.ReviewRate,
            uploads.ReviewRateUpper);
        return
            $"""
            <div class="scroll"><table><thead><tr><th scope="col">the upload</th><th scope="col">strong within</th>
            <th scope="col">wrong rate</th><th scope="col">upper bound</th><th scope="col">review within</th>
            <th scope="col">wrong rate</th><th scope="col">upper bound</th></tr></thead><tbody>{rows}</tbody></table>
            </div>
            """;

        void AddRow(
            string name,
            string strong,
            double? rate,
            double? upper,
            string review,
            double? second,
            double? secondUpper) =>
            rows.Append($"<tr><th scope=\"row\">{name}</th><td>{strong}</td><td>{Figures.Rate(rate ?? 0)}</td>")
                .Append($"<td>{Figures.Rate(upper ?? 0)}</td><td>{review}</td><td>{Figures.Rate(second ?? 0)}</td>")
                .Append($"<td>{Figures.Rate(secondUpper ?? 0)}</td></tr>");
    }

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
