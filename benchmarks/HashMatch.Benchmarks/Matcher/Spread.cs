namespace HashMatch.Benchmarks.Matcher;

/// <summary>A figure that each round gave anew.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    /// <summary>Compares round by round, so that what slows a whole round down does not count.</summary>
    /// <exception cref="ArgumentException">There is no round, or there are not as many of both.</exception>
    public static Spread OfRatios(IReadOnlyCollection<double> above, IReadOnlyCollection<double> below)
    {
        double[] ratios = [.. above.Zip(below, (a, b) => a / b)];
        return ratios.Length > 0 && above.Count == below.Count
            ? new Spread(Load.Median.Of(ratios), ratios.Min(), ratios.Max())
            : throw new ArgumentException("There must be as many rounds of both, and at least one.", nameof(below));
    }
}
