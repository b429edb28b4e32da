using System.Globalization;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>An axis of a chart: even, or even in powers of ten.</summary>
internal sealed class ChartAxis
{
    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLogarithmic;

    private ChartAxis(string name, double from, double to, bool isLogarithmic)
    {
        Name = name;
        _from = from;
        _to = to;
        _isLogarithmic = isLogarithmic;
    }

    public string Name { get; }

    public required IReadOnlyList<(double Value, string Name)> Ticks { get; init; }

    /// <summary>How a value is told.</summary>
    public required Func<double, string> Write { get; init; }

    /// <summary>Shares of 1 from 0 to 1, as percent.</summary>
    public static ChartAxis Percent(string name) => new(name, 0, 1, false)
    {
        Ticks = [.. Enumerable.Range(0, 6).Select(i => (i / 5.0, Figures.Whole(i / 5.0)))],
        Write = Figures.Percent,
    };

    /// <summary>Whole numbers from one to another, with a tick at every so many.</summary>
    public static ChartAxis Numbers(string name, int from, int to, int every, string unit) => new(name, from, to, false)
    {
        Ticks =
        [
            .. Enumerable.Range(from, to - from + 1).Where(value => value % every == 0)
                .Select(value => ((double)value, value.ToString(CultureInfo.InvariantCulture))),
        ],
        Write = value => $"{unit} {value.ToString(CultureInfo.InvariantCulture)}",
    };

    /// <summary>Powers of ten.</summary>
    public static ChartAxis Powers(string name, int from, int to, int every) => new(name, from, to, true)
    {
        Ticks =
        [
            .. Enumerable.Range(from, to - from + 1).Where(power => power % every == 0)
                .Select(power => (Math.Pow(10, power), power == 0 ? "1" : $"10{Raised(power)}")),
        ],
        Write = value => value.ToString("0.0e-0", CultureInfo.InvariantCulture),
    };

    /// <summary>Where a value stands, 0 at the beginning and 1 at the end.</summary>
    public double Share(double value) => ((_isLogarithmic ? Math.Log10(value) : value) - _from) / (_to - _from);

    public bool Holds(double value) => Share(value) is >= -1e-9 and <= 1 + 1e-9;

    private static string Raised(int power) =>
        $"<tspan dy=\"-5\" class=\"power\">{power.ToString(CultureInfo.InvariantCulture).Replace('-', '−')}</tspan>";
}
