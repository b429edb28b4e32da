namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// The lower tail of distances between different pictures, as an exponential that is fitted to the smallest distances
/// seen ("peaks over threshold") and drawn on to where too few pairs were tried to see any.
/// </summary>
/// <remarks>
/// The rate of pairs within T is R(u) e^(-k (u - T)): u is the largest distance within which at most one pair in 10,000
/// lies, or as many as 100 if that is more, and at least four steps above the smallest; k is the maximum-likelihood
/// rate of the distances below u, on the grid on which they lie. A binomial tail, as that of independent bits, falls
/// ever faster towards 0, so that this line lies above it. Uploads of one photo in many edits are no independent
/// trials: the upper bound counts only as many events as there are pairs of photos among them.
/// </remarks>
internal sealed record TailFit
{
    private const double LargestShare = 1e-4;
    private const int LeastEvents = 100;

    // Where so few pairs lie at two or three distances only, as with short hashes, more are taken.
    private const double LargestShareOfFew = 1e-2;
    private const int LeastSteps = 4;

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
        if (pairs == 0)
        {
            return null;
        }

        // PDQ and pHash have as many ones as zeros, so nearly all distances are even: a grid of two.
        int few = LastWithin(counts, Math.Max(LeastEvents, (long)(pairs * LargestShareOfFew)));
        long odd = counts.Take(few + 1).Where((_, distance) => distance % 2 == 1).Sum();
        int grid = odd * 20 < counts.Take(few + 1).Sum() ? 2 : 1;
        int smallest = counts.TakeWhile(count => count == 0).Count();
        int from = Math.Max(
            LastWithin(counts, Math.Max(LeastEvents, (long)(pairs * LargestShare))),
            Math.Min(few, smallest + (LeastSteps * grid)));
        from -= grid == 2 ? from & 1 : 0;
        long events = counts.Take(from + 1).Sum();
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
            Smallest = smallest,
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

    // The largest distance seen within which no more than so many pairs lie; -1 if there is none.
    private static int LastWithin(IReadOnlyList<long> counts, long allowed)
    {
        int last = -1;
        long events = 0;
        for (int i = 0; i < counts.Count && events + counts[i] <= allowed; i++)
        {
            events += counts[i];
            last = counts[i] > 0 ? i : last;
        }

        return last;
    }

    private double RateWithin(int distance, double slope) =>
        (double)Events / Pairs * Math.Pow(10, -slope * (From - distance));
}
