using System.Net;
using System.Text;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The figures as one page that needs nothing else, for readers who have never seen them.</summary>
internal static class HtmlReport
{
    public static string Of(RecallReport report)
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Which edited copies are found</title>
            <style>
            {Resource.Text("chart.css")}{Resource.Text("page.css")}</style>
            </head>
            <body>
            <main>
            <h1>Which edited copies are found</h1>
            {Introduction(report)}
            {KeyFigures(report)}
            {RecallSections.OfAll(report)}
            {RecallSections.OfGroups(report)}
            {WrongSections.OfUploads(report)}
            {WrongSections.OfFrames(report)}
            {ComparisonSections.OfSmallHashes(report)}
            {ComparisonSections.OfNumbers(report)}
            {ComparisonSections.OfCosts(report)}
            {RecallSections.OfEdits(report)}
            {Method(report)}
            </main>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static string Introduction(RecallReport report) =>
        $"""
        <p class="lede">A platform that knows a picture can stop copies of it, if it still knows them after somebody
        has changed them. Here {report.Photos} photographs were changed in {report.Edits} ways that people really use:
        cropped, turned, framed, written on, filtered, photographed from a screen. For each copy it was tried whether it
        is found.</p>
        <details open><summary>How to read this page</summary>
        <p>A <b>fingerprint</b> (hash) is a row of {report.Main.Bits} bits made from a picture. It is no picture, but a
        rough one can be guessed from it, so it is guarded like one. The <b>distance</b> of two is the number of bits
        that differ: 0 for the same picture, about 128 for any two others. What lies within a chosen distance counts as
        found. The greater that distance, the more copies are found, and the more pictures that are no copies at all.
        </p>
        <p><b>Recall</b> is the share of the copies that are found. The <b>wrong rate</b> is how probable it is that an
        upload is taken for a registered picture that is not in it. A million uploads a day against a million registered
        pictures are 10<sup>12</sup> comparisons a day, so the rate must be very small. Two tiers are set by it:
        <b>strong</b> (below 10<sup>−12</sup>) and <b>review</b> (below 10<sup>−9</sup>, worth a look by a person). A
        hash of the upload as it is may be farther away for a tier than one of the upload mirrored, turned or made a
        negative, which few copies are; each has a distance of its own.</p>
        </details>
        """;

    private static string KeyFigures(RecallReport report)
    {
        var tiles = new StringBuilder("<section class=\"tiles\">");
        Add(
            Figures.Percent(report.Main.All.Strong),
            $"found at <b>strong</b>, distance {report.Main.Untouched.Strong} or less");
        Add(
            Figures.Percent(report.Main.All.Review),
            $"found at <b>review</b>, distance {report.Main.Untouched.Review} or less");
        Add(
            Figures.Percent(report.Plain.All.Recall[report.Plain.UsualDistance]),
            $"with one plain hash and distance {report.Plain.UsualDistance}, as is usual today");
        Add(
            report.Main.Uploads.Tail is { } tail ? $"{tail.Smallest}" : "–",
            $"the smallest distance among {Figures.Count(report.Main.Uploads.Pairs)} pairs that are no copies");
        return tiles.Append("</section>").ToString();

        void Add(string figure, string meaning) =>
            tiles.Append($"<div><strong>{figure}</strong><span>{meaning}</span></div>");
    }

    private static string Method(RecallReport report) =>
        $"""
        <section><h2>How it was measured</h2>
        <p>{WebUtility.HtmlEncode(report.Main.Description)} Hashes of a quality below 50 of 100 are not used. Every copy
        is searched for in an index of all photos' registered hashes; it is found if its own photo is within the
        distance. Recall is the mean over edits, so that each edit counts the same. The distances of the tiers are those
        of the product (<code>tiers.json</code>), which were calibrated before.</p>
        <p><b>Limits.</b> The edits are made by a program and the photos are few and benign; what people send differs.
        Wrong rates below one in {Figures.Count(report.Main.Uploads.Pairs)} were not seen but drawn on from what was
        seen, as the chart shows. A match is advice to a person who looks, and never proof. Who wants to evade a
        fingerprint on purpose can.</p>
        <p>The same figures are in <code>recall.json</code>, <code>recall.csv</code> and <code>wrong-pairs.csv</code>
        beside this page. To make it again:
        <code>dotnet run -c Release --project benchmarks/HashMatch.Benchmarks -- recall --photos DIR --edits FILE
        --register {report.Main.Register} --query {report.Main.Query}</code></p></section>
        """;
}
