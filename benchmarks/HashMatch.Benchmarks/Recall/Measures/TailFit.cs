namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// The lower tail of distances between different pictures, as an exponential that is fitted to the smallest distances
/// seen ("peaks over threshold") and drawn on to where too few pairs were tried to see any.
/// </summary>
/// <remarks>
/// The rate of pairs within T is R(u) e^(-k (u - T)): u is the largest distance within which at most one pair in 10,000
/// lies, or as many as 100 if that is more; k is the maximum-likelihood rate of the distances below u, on the grid on
/// which they lie. A binomial tail, as that of independent bits, falls ever faster towards 0, so that this line lies
/// above it. Uploads of one photo in many edits are no independent trials: the upper bound counts only as many events
/// as there are pairs of photos among them.
/// </remarks>
internal sealed record TailFit
{
    private const double LargestShare = 1e-4;
    private const int LeastEvents = 100;

    // One-sided, 95 %.
    private const double Deviations = 1.645;

    /// <summary>The upper end of the distances that were fitted; the lower end is <see cref="Smallest"/>.</summary>
    public required int From { get; init; }

    /// <summary>The smallest distance of all pairs.</summary>
    public required int Smallest { get; init; }

    /// <summary>How many pairs were compared.</summary>
    public required long Pairs { get; init; }

    /// <summary>How many of them lie within <see cref="From"/>.</summary>
    public required long Events { get; init; }

    /// <summary>Of how many pairs of photos those are edits.</summary>
    public required int PhotoPairs { get; init; }

    /// <summary>By how many powers of ten the rate falls with each bit.</summary>
    public required double DecadesPerBit { get; init; }

    /// <summary>The same at the lower end of its 95 % range.</summary>
    public required double LeastDecadesPerBit { get; init; }

    /// <summary>Fits a tail.</summary>
    /// <param name="counts">How many pairs lie at each distance.</param>
    /// <param name="photosWithin">How many pairs of photos lie within a distance.</param>
    /// <returns>Null where there are too few pairs for a tail.</returns>
    public static TailFit? Of(IReadOnlyList<long> counts, Func<int, int> photosWithin)
    {
        long pairs = counts.Sum();
        long allowed = Math.Max(LeastEvents, (long)(pairs * LargestShare));
        int from = -1;
        long events = 0;
        for (int i = 0; i < counts.Count && events + counts[i] <= allowed; i++)
        {
            events += counts[i];
            from = counts[i] > 0 ? i : from;
        }

        // PDQ hashes have as many ones as zeros, so nearly all distances are even: a grid of two.
        long odd = counts.Take(from + 1).Where((_, distance) => distance % 2 == 1).Sum();
        int grid = odd * 20 < events ? 2 : 1;
        from -= grid == 2 ? from & 1 : 0;
        events = counts.Take(from + 1).Sum();
        if (events < LeastEvents / 5 || events * 2 > pairs)
        {
            return null;
        }

        double mean = counts.Take(from + 1).Select((count, distance) => (double)count * (from - distance)).Sum()
            / (events * grid);
        double rate = mean == 0 ? double.PositiveInfinity : Math.Log(1 + (1 / mean)) / grid;
        int photoPairs = photosWithin(from);
        return new TailFit
        {
            From = from,
            Smallest = counts.Select((count, distance) => count > 0 ? distance : int.MaxValue).Min(),
            Pairs = pairs,
            Events = events,
            PhotoPairs = photoPairs,
            DecadesPerBit = rate / Math.Log(10),
            LeastDecadesPerBit = rate / Math.Log(10) / (1 + (Deviations / Math.Sqrt(photoPairs))),
        };
    }

    /// <summary>The rate of pairs within a distance up to <see cref="From"/>: the fitted line.</summary>
    public double RateWithin(int distance) => RateWithin(distance, DecadesPerBit);

    /// <summary>The same with the upper bound of 95 %.</summary>
    public double UpperRateWithin(int distance) => RateWithin(distance, LeastDecadesPerBit);

    private double RateWithin(int distance, double slope) =>
        (double)Events / Pairs * Math.Pow(10, -slope * (From - distance));
}
