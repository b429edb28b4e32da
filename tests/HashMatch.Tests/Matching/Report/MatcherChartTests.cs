using System.Globalization;
using System.Xml.Linq;
using HashMatch.Benchmarks.Matcher;

namespace HashMatch.Tests.Matching.Report;

[Collection(AloneInProcess.Name)]
public sealed class MatcherChartTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Chart => Path.Combine(_folder, "chart.svg");

    private string Lines => Path.Combine(_folder, "chart.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Draw_ThreeEngines_PutsPointsWhereTheyBelong()
    {
        XDocument chart = MatcherChart.Draw([
            Line("scan", 1_000, 1), Line("scan", 10_000, 10), Line("scan", 100_000, 100),
            Line("index", 1_000, 0.1), Line("index", 10_000, 1), Line("index", 100_000, 10),
        ]);

        (double X, double Y)[] scan = Points(chart, "scan");
        (double X, double Y)[] index = Points(chart, "index");

        // Ten times as many hashes, or as much time, take the same room everywhere.
        Assert.Equal(3, scan.Length);
        Assert.Equal(scan[1].X - scan[0].X, scan[2].X - scan[1].X, 1);
        Assert.Equal(scan[0].Y - scan[1].Y, scan[1].Y - scan[2].Y, 1);
        Assert.Equal(scan.Select(point => point.X), index.Select(point => point.X));
        Assert.Equal(scan[0].Y, index[1].Y, 1);
        Assert.Equal(scan[1].Y, index[2].Y, 1);
        Assert.True(index[0].Y > scan[0].Y && scan[0].X < scan[1].X);
        Assert.All(scan.Concat(index), point => Assert.True(point is { X: > 0 and < 780, Y: > 0 and < 460 }));
    }

    [Fact]
    public void Draw_AnyLines_CanBeReadWithoutSeeing()
    {
        XElement root = MatcherChart.Draw([Line("scan", 1_000, 1.26), Line("index", 1_000, 0.25)]).Root!;

        string[] names = [.. root.Attribute("aria-labelledby")!.Value.Split(' ')];
        string description = root.Element(Svg + "desc")!.Value;
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal(names, root.Elements().Take(2).Select(element => element.Attribute("id")!.Value));
        Assert.NotEmpty(root.Element(Svg + "title")!.Value);
        Assert.Equal("1 k hashes: plain scan 1.3 µs, index, one at a time 250 ns.", description);
        Assert.Contains("prefers-color-scheme: dark", root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_CurvesThatEndTogether_NamesStandApart()
    {
        XDocument chart = MatcherChart.Draw([
            Line("scan", 1_000, 1), Line("scan", 2_000, 1.1),
            Line("index", 1_000, 1), Line("index", 2_000, 1),
            Line("index-batch", 1_000, 1), Line("index-batch", 2_000, 1.01),
        ]);

        double[] names = [.. chart.Descendants(Svg + "text")
            .Where(text => text.Attribute("class")?.Value == "name")
            .Select(text => Number(text, "y"))
            .Order()];
        Assert.Equal(3, names.Length);
        Assert.True(names[1] - names[0] >= 34 && names[2] - names[1] >= 34);
        Assert.True(names[2] + 17 < 460);
    }

    [Fact]
    public void Run_EverythingMeasured_DrawsTheLastOfEachFromTheLines()
    {
        File.WriteAllLines(Lines, [
            ReportJson.Write(Line("scan", 1_000, 1)),
            ReportJson.Write(Line("index", 1_000, 99)),
            ReportJson.Write(Line("index-batch", 1_000, 0.5) with { Batch = 256 }),
            ReportJson.Write(Line("index-batch", 1_000, 0.4) with { Batch = 100 }),
            ReportJson.Write(Line("index", 1_000, 7) with { Distance = 63 }),
            ReportJson.Write(Line("index", 1_000, 7) with { Set = "skew" }),
            ReportJson.Write(Line("index", 1_000, 7) with { Threads = 2 }),
            ReportJson.Write(Line("index", 1_000, 0.75)),
        ]);
        string before = File.ReadAllText(Lines);

        List<EngineLine> shown = Series().Run([1_000], new Progress(TextWriter.Null));

        Assert.Equal(["scan", "index", "index-batch"], shown.Select(line => line.Engine));
        Assert.Equal([1, 0.75, 0.5], shown.Select(line => line.CpuUsPerQuery));
        Assert.Equal(before, File.ReadAllText(Lines));
        Assert.Equal(3, XDocument.Load(Chart).Descendants(Svg + "polyline").Count());
    }

    [Fact]
    public void Run_SizeThatIsMissing_IsMeasuredAndKept()
    {
        var quick = new MatcherQuestion
        {
            RoundTime = TimeSpan.FromMilliseconds(1),
            Rest = TimeSpan.FromMilliseconds(100),
        };

        List<EngineLine> shown = new ChartSeries(Chart, quick).Run([300, 100], new Progress(TextWriter.Null));

        Assert.Equal([100, 300], shown.Select(line => line.Size).Distinct().Order());
        Assert.Equal(6, File.ReadLines(Lines).Count());
        Assert.All(shown, line => Assert.Equal(0, (line.Missed ?? 0) + (line.Wrong ?? 0)));
        Assert.Equal(6, XDocument.Load(Chart).Descendants(Svg + "circle").Count());
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("")]
    public void Run_LineOfSomethingElse_IsRefusedWithItsNumber(string line)
    {
        File.WriteAllLines(Lines, [ReportJson.Write(Line("scan", 1_000, 1)), line]);

        MatcherFailure failure = Assert.Throws<MatcherFailure>(Series);

        Assert.Contains("line 2: this is not a line of the report", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Run_TimeThatNoScaleHas_IsRefused(double time)
    {
        File.WriteAllLines(Lines, [ReportJson.Write(Line("scan", 1_000, time))]);

        MatcherFailure failure = Assert.Throws<MatcherFailure>(Series);

        Assert.Contains("line 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingToDraw_IsRefused()
    {
        MatcherFailure failure = Assert.Throws<MatcherFailure>(() => Series().Run([], new Progress(TextWriter.Null)));

        Assert.Contains("has no line of this set", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Chart));
    }

    private static EngineLine Line(string engine, int size, double time) => new()
    {
        Engine = engine,
        Set = "uniform",
        Size = size,
        Distance = 31,
        Threads = 1,
        Batch = engine == "index-batch" ? 256 : 1,
        Rounds = 5,
        CpuUsPerQuery = time,
    };

    private static (double X, double Y)[] Points(XDocument chart, string engine) =>
    [
        .. chart.Descendants(Svg + "g")
            .Single(group => group.Attribute("class")?.Value == engine)
            .Elements(Svg + "circle")
            .Select(circle => (Number(circle, "cx"), Number(circle, "cy"))),
    ];

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private ChartSeries Series() => new(Chart, new MatcherQuestion());
}
