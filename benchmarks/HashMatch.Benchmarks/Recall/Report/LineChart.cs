using System.Net;
using System.Text;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>A chart of lines as SVG, which takes its colours from the page's style sheet.</summary>
internal sealed class LineChart
{
    private const int Left = 62;
    private const int Right = 14;
    private const int Top = 24;
    private const int Bottom = 46;
    private const int LegendStep = 20;
    private const int RoomForWord = 70;

    public required string Title { get; init; }

    public required ChartAxis X { get; init; }

    public required ChartAxis Y { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Upright lines with a word at their upper end.</summary>
    public IReadOnlyList<(double X, string Name)> Marks { get; init; } = [];

    /// <summary>Level lines with a word at their left end.</summary>
    public IReadOnlyList<(double Y, string Name)> Levels { get; init; } = [];

    /// <summary>A part of the horizontal axis that is set off.</summary>
    public (double From, double To)? Band { get; init; }

    public int Width { get; init; } = 640;

    public int Height { get; init; } = 360;

    /// <summary>Whether the lines are named below the chart.</summary>
    public bool HasLegend { get; init; } = true;

    private double PlotWidth => Width - Left - Right;

    private double PlotHeight => Height - Top - Bottom;

    public string Render()
    {
        var svg = new StringBuilder();
        svg.Append(
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">\n");
        Draw(svg);
        svg.Append("</svg>\n");
        return HasLegend ? svg + Legend(Lines) : svg.ToString();
    }

    /// <summary>The chart as a file of its own, in the reader's light or dark, the names of the lines below.</summary>
    public string RenderFile()
    {
        int height = Height + (LegendStep * Lines.Count) + (LegendStep / 2);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" ")
            .Append($"aria-label=\"{WebUtility.HtmlEncode(Title)}\">\n<style>\n{Resource.Text("chart.css")}</style>\n")
            .Append($"<rect width=\"{Width}\" height=\"{height}\" fill=\"var(--panel)\"/>\n");
        Draw(svg);
        for (int i = 0; i < Lines.Count; i++)
        {
            int y = Height + (LegendStep * i) + (LegendStep / 2);
            svg.Append($"<path class=\"line {Lines[i].Style} key\" d=\"M{Left} {y}h28\"/>")
                .Append($"<text x=\"{Left + 36}\" y=\"{y}\" dy=\"4\">{WebUtility.HtmlEncode(Lines[i].Name)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void Draw(StringBuilder svg)
    {
        if (Band is (double from, double to))
        {
            svg.Append($"<rect class=\"band\" x=\"{AtX(from)}\" y=\"{Top}\" ")
                .Append($"width=\"{Figures.Place((X.Share(to) - X.Share(from)) * PlotWidth)}\" ")
                .Append($"height=\"{Figures.Place(PlotHeight)}\"/>\n");
        }

        DrawAxes(svg);
        foreach ((double y, string name) in Levels.Where(level => Y.Holds(level.Y)))
        {
            svg.Append($"<path class=\"mark\" d=\"M{Left} {AtY(y)}H{Width - Right}\"/>")
                .Append($"<text class=\"note\" x=\"{Left + 6}\" y=\"{AtY(y)}\" dy=\"-4\">{name}</text>\n");
        }

        foreach ((double x, string name) in Marks.Where(mark => X.Holds(mark.X)))
        {
            // A word that would run into the next one or off the chart stands on the left of its line.
            bool isLeft = Marks.Any(mark => mark.X > x) || (1 - X.Share(x)) * PlotWidth < RoomForWord;
            string style = isLeft ? "note end" : "note";
            svg.Append($"<path class=\"mark\" d=\"M{AtX(x)} {Top}V{Height - Bottom}\"/>")
                .Append($"<text class=\"{style}\" x=\"{AtX(x)}\" y=\"{Top - 7}\">{name}</text>\n");
        }

        foreach (ChartLine line in Lines)
        {
            Draw(svg, line);
        }
    }

    /// <summary>The names of lines, each behind a piece of it.</summary>
    public static string Legend(IEnumerable<ChartLine> lines) =>
        "<ul class=\"legend\">" + string.Concat(lines.Select(line =>
            "<li><svg viewBox=\"0 0 28 10\" aria-hidden=\"true\">"
            + $"<path class=\"line {line.Style} key\" d=\"M1 5H27\"/></svg>"
            + $"{WebUtility.HtmlEncode(line.Name)}</li>")) + "</ul>\n";

    private void DrawAxes(StringBuilder svg)
    {
        foreach ((double value, string name) in Y.Ticks)
        {
            svg.Append($"<path class=\"grid\" d=\"M{Left} {AtY(value)}H{Width - Right}\"/>")
                .Append($"<text class=\"tick end\" x=\"{Left - 6}\" y=\"{AtY(value)}\" dy=\"4\">{name}</text>\n");
        }

        foreach ((double value, string name) in X.Ticks)
        {
            svg.Append($"<path class=\"grid\" d=\"M{AtX(value)} {Top}V{Height - Bottom}\"/>")
                .Append($"<text class=\"tick mid\" x=\"{AtX(value)}\" y=\"{Height - Bottom + 17}\">{name}</text>\n");
        }

        svg.Append($"<text class=\"axis mid\" x=\"{Figures.Place(Left + (PlotWidth / 2))}\" y=\"{Height - 8}\">")
            .Append($"{X.Name}</text>\n<text class=\"axis mid\" transform=\"translate(13 ")
            .Append($"{Figures.Place(Top + (PlotHeight / 2))}) rotate(-90)\">{Y.Name}</text>\n");
    }

    private void Draw(StringBuilder svg, ChartLine line)
    {
        (double X, double Y)[] points = [.. line.Points.Where(point => X.Holds(point.X) && Y.Holds(point.Y))];
        if (points.Length == 0)
        {
            return;
        }

        svg.Append($"<path class=\"line {line.Style}\" d=\"M")
            .AppendJoin('L', points.Select(point => $"{AtX(point.X)} {AtY(point.Y)}"))
            .Append("\"/>\n");

        // What a pointer over the line is told.
        foreach ((double x, double y) in points)
        {
            svg.Append($"<circle class=\"point {line.Style}\" cx=\"{AtX(x)}\" cy=\"{AtY(y)}\" r=\"5\"><title>")
                .Append($"{WebUtility.HtmlEncode(line.Name)}: {X.Write(x)}, {Y.Write(y)}</title></circle>");
        }

        svg.Append('\n');
    }

    private string AtX(double value) => Figures.Place(Left + (X.Share(value) * PlotWidth));

    private string AtY(double value) => Figures.Place(Top + ((1 - Y.Share(value)) * PlotHeight));
}
