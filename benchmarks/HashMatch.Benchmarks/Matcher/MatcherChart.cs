using System.Xml.Linq;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Time per query against the length of the list as a picture (SVG), both axes logarithmic.</summary>
/// <remarks>One file for light and dark: it asks the viewer's system which of the two it prefers.</remarks>
internal sealed class MatcherChart
{
    private const double Width = 780;
    private const double Height = 460;
    private const double Left = 66;
    private const double Right = 588;
    private const double Top = 76;
    private const double Bottom = 404;

    // Of the names at the ends of the curves.
    private const double LineHeight = 17;
    private const double NamesHeight = 2 * LineHeight;

    private const string Heading = "Time per query against the length of the list";

    private const string Style = """
        svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d1d9e0;
              --scan: #59636e; --index: #0550ae; --batch: #a04100; }
        @media (prefers-color-scheme: dark) {
          svg { --paper: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --grid: #343b44;
                --scan: #b1bac4; --index: #79c0ff; --batch: #ffa657; }
        }
        text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 13px;
               fill: var(--ink); }
        .paper { fill: var(--paper); }
        .heading { font-size: 17px; font-weight: 600; }
        .faint { fill: var(--faint); }
        .grid { stroke: var(--grid); stroke-width: 1; }
        .curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
        .name { font-weight: 600; }
        .scan .curve { stroke: var(--scan); stroke-dasharray: 2 6; }
        .index .curve { stroke: var(--index); }
        .index-batch .curve { stroke: var(--batch); stroke-dasharray: 9 6; }
        .scan .point, .scan .name { fill: var(--scan); }
        .index .point, .index .name { fill: var(--index); }
        .index-batch .point, .index-batch .name { fill: var(--batch); }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly EngineLine[] _lines;
    private readonly LogAxis _sizes;
    private readonly LogAxis _times;

    private MatcherChart(EngineLine[] lines)
    {
        _lines = lines;
        _sizes = new LogAxis(
            lines.Min(line => line.Size), lines.Max(line => line.Size), Left, Right);
        _times = LogAxis.OfDecades(
            lines.Min(line => line.CpuUsPerQuery), lines.Max(line => line.CpuUsPerQuery), Bottom, Top);
    }

    /// <summary>Draws it.</summary>
    /// <param name="lines">All of one set, one distance, and at least one.</param>
    public static XDocument Draw(IReadOnlyCollection<EngineLine> lines)
    {
        var chart = new MatcherChart([.. lines.OrderBy(line => line.Size)]);
        return new XDocument(chart.Draw());
    }

    private static string Name(EngineLine line) => line.Engine switch
    {
        ScanEngine.EngineName => "plain scan",
        SingleEngine.EngineName => "index, one at a time",
        _ => $"index, batches of {line.Batch}",
    };

    private static XElement Text(double x, double y, string text, string anchor, params string[] classes) => new(
        Svg + "text",
        new XAttribute("x", LogAxis.Number(x)),
        new XAttribute("y", LogAxis.Number(y)),
        new XAttribute("text-anchor", anchor),
        classes.Length > 0 ? new XAttribute("class", string.Join(' ', classes)) : null,
        text);

    private static XElement GridLine(double x1, double y1, double x2, double y2) => new(
        Svg + "line",
        new XAttribute("class", "grid"),
        new XAttribute("x1", LogAxis.Number(x1)),
        new XAttribute("y1", LogAxis.Number(y1)),
        new XAttribute("x2", LogAxis.Number(x2)),
        new XAttribute("y2", LogAxis.Number(y2)));

    private XElement Draw()
    {
        EngineLine first = _lines[0];
        IGrouping<string, EngineLine>[] curves = [.. _lines.GroupBy(line => line.Engine)];
        return new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {LogAxis.Number(Width)} {LogAxis.Number(Height)}"),
            new XAttribute("width", LogAxis.Number(Width)),
            new XAttribute("height", LogAxis.Number(Height)),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", "title desc"),
            new XElement(Svg + "title", new XAttribute("id", "title"), Heading),
            new XElement(Svg + "desc", new XAttribute("id", "desc"), Describe()),
            new XElement(Svg + "style", "\n" + Style + "\n"),
            new XElement(
                Svg + "rect",
                new XAttribute("class", "paper"),
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%")),
            Text(Left - 50, 28, Heading, "start", "heading"),
            Text(
                Left - 50,
                50,
                $"processor time of a query, distance {first.Distance}, {first.Set} hashes; {first.Processor}, "
                + first.Runtime,
                "start",
                "faint"),
            DrawGrid(),
            curves.Zip(NamePlaces(curves), (curve, place) => DrawCurve([.. curve], place)));
    }

    private string Describe() => string.Join(' ', _lines.GroupBy(line => line.Size).Select(group =>
        $"{Quantity.Count(group.Key)} hashes: "
        + string.Join(", ", group.Select(line => $"{Name(line)} {Quantity.Time(line.CpuUsPerQuery)}")) + "."));

    private XElement DrawGrid() => new(
        Svg + "g",
        new XAttribute("aria-hidden", "true"),
        _times.Decades.SelectMany(time => new[]
        {
            GridLine(Left, _times.Place(time), Right, _times.Place(time)),
            Text(Left - 8, _times.Place(time) + 4, Quantity.Time(time), "end", "faint"),
        }),
        SizeMarks().SelectMany(size => new[]
        {
            GridLine(_sizes.Place(size), Top, _sizes.Place(size), Bottom),
            Text(_sizes.Place(size), Bottom + 20, Quantity.Count(size), "middle", "faint"),
        }),
        Text((Left + Right) / 2, Bottom + 42, "hashes in the list", "middle", "faint"));

    private XElement DrawCurve(EngineLine[] lines, double namePlace) => new(
        Svg + "g",
        new XAttribute("class", lines[0].Engine),
        new XElement(
            Svg + "polyline",
            new XAttribute("class", "curve"),
            new XAttribute("points", string.Join(' ', lines.Select(Point)))),
        lines.Select(DrawPoint),
        Text(Right + 14, namePlace, Name(lines[^1]), "start", "name"),
        Text(Right + 14, namePlace + LineHeight, DescribeEnd(lines[^1]), "start"));

    private XElement DrawPoint(EngineLine line) => new(
        Svg + "circle",
        new XAttribute("class", "point"),
        new XAttribute("cx", LogAxis.Number(X(line))),
        new XAttribute("cy", LogAxis.Number(Y(line))),
        new XAttribute("r", "4"),
        new XElement(
            Svg + "title",
            $"{Name(line)}, {Quantity.Count(line.Size)} hashes: {Quantity.Time(line.CpuUsPerQuery)}"));

    private static string DescribeEnd(EngineLine line) => line.Engine == ScanEngine.EngineName
        ? Quantity.Time(line.CpuUsPerQuery)
        : $"{Quantity.Time(line.CpuUsPerQuery)}, {Quantity.Ratio(line.Ratio ?? 0)} times as fast";

    // Beside the ends of the curves, but one below the other.
    private double[] NamePlaces(IGrouping<string, EngineLine>[] curves)
    {
        double[] places = new double[curves.Length];
        double free = double.NegativeInfinity;
        foreach ((int i, IGrouping<string, EngineLine> curve) in curves.Index().OrderBy(item => Y(item.Item.Last())))
        {
            places[i] = Math.Max(Y(curve.Last()), free);
            free = places[i] + NamesHeight + 4;
        }

        // None below the picture's end.
        double excess = Math.Max(0, places.Max() + LineHeight + 8 - Height);
        return [.. places.Select(place => place - excess)];
    }

    // The powers of ten, and where the curves end, if that is no neighbour of one.
    private double[] SizeMarks()
    {
        double[] decades = [.. _sizes.Decades];
        double last = _lines[^1].Size;
        return last / decades[^1] >= 2 ? [.. decades, last] : decades;
    }

    private string Point(EngineLine line) => $"{LogAxis.Number(X(line))},{LogAxis.Number(Y(line))}";

    private double X(EngineLine line) => _sizes.Place(line.Size);

    private double Y(EngineLine line) => _times.Place(line.CpuUsPerQuery);
}
