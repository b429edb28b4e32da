namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// The lower tail of distances between different pictures, as an exponential that is fitted to the smallest distances
/// seen ("peaks over threshold") and drawn on to where too few pairs were tried to see any.
/// </summary>
/// <remarks>
/// The rate of pairs within T is R(u) e^(-k (u - T)): u is the largest distance within which at most one pair in 1,000
/// lies, or as many as 100 if that is more, and at least four steps above the smallest; k is the maximum-likelihood
/// rate of the distances below u, on the grid on which they lie. A binomial tail, as that of independent bits, falls
/// ever faster towards 0, so that this line lies above it. Uploads of one photo are no independent trials, for some
/// photos are like many others: the upper bound takes whole photos as its trials, by leaving out one after the other
/// (jackknife).
/// </remarks>
internal sealed record TailFit
{
    private const double LargestShare = 1e-3;
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

    /// <summary>The step between two distances: 2 where hashes have as many ones as zeros.</summary>
    public required int Step { get; init; }

    /// <summary>How many pairs were compared.</summary>
    public required long Pairs { get; init; }

    /// <summary>How many of them lie within <see cref="From"/>.</summary>
    public required long Events { get; init; }

    /// <summary>Of how many pairs of photos those are edits.</summary>
    public required int PhotoPairs { get; init; }

    /// <summary>By how many powers of ten the rate falls with each bit.</summary>
    public required double DecadesPerBit { get; init; }

    /// <summary>The standard error of that.</summary>
    public required double DecadesPerBitError { get; init; }

    /// <summary>The standard error of the logarithm of the rate within <see cref="From"/>.</summary>
    public required double LevelError { get; init; }

    /// <summary>The covariance of both.</summary>
    public required double Covariance { get; init; }

    /// <summary>Fits a tail.</summary>
    /// <returns>Null where there are too few pairs for a tail.</returns>
    public static TailFit? Of(DistanceCounts pairs) => Of(pairs.Counts, pairs.ByPhoto, pairs.PhotosWithin);

    /// <summary>Fits a tail.</summary>
    /// <param name="counts">How many pairs lie at each distance.</param>
    /// <param name="byPhoto">The same for each photo, of the pairs that it is in.</param>
    /// <param name="photosWithin">How many pairs of photos lie within a distance.</param>
    /// <returns>Null where there are too few pairs for a tail.</returns>
    public static TailFit? Of(
        IReadOnlyList<long> counts, IReadOnlyList<IReadOnlyList<long>> byPhoto, Func<int, int> photosWithin)
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
        Sums all = Sums.Of(counts, from);
        if (all.Events < LeastEvents / 5 || all.Events * 2 > pairs)
        {
            return null;
        }

        Sums[] others = [.. byPhoto.Select(one => all.Without(Sums.Of(one, from)))];
        (double Level, double Slope)[] left =
            [.. others.Where(sums => sums.Events > 0).Select(sums => (sums.Level, sums.Slope(grid)))];
        return new TailFit
        {
            From = from,
            Smallest = smallest,
            Step = grid,
            Pairs = pairs,
            Events = all.Events,
            PhotoPairs = photosWithin(from),
            DecadesPerBit = all.Slope(grid),
            DecadesPerBitError = Math.Sqrt(Covary(left, one => one.Slope, one => one.Slope)),
            LevelError = Math.Sqrt(Covary(left, one => one.Level, one => one.Level)),
            Covariance = Covary(left, one => one.Level, one => one.Slope),
        };
    }

    /// <summary>The rate of pairs within a distance up to <see cref="From"/>: the fitted line.</summary>
    public double RateWithin(int distance) =>
        (double)Events / Pairs * Math.Pow(10, -DecadesPerBit * (From - distance));

    /// <summary>The upper bound of 95 % of the same.</summary>
    public double UpperRateWithin(int distance)
    {
        double bits = From - distance;
        double variance = (LevelError * LevelError) + (bits * bits * DecadesPerBitError * DecadesPerBitError)
            - (2 * bits * Covariance);
        return Math.Min(1, RateWithin(distance) * Math.Pow(10, Deviations * Math.Sqrt(Math.Max(0, variance))));
    }

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

    private static double Covary(
        (double Level, double Slope)[] left,
        Func<(double Level, double Slope), double> one,
        Func<(double Level, double Slope), double> other)
    {
        if (left.Length < 2)
        {
            return 0;
        }

        double mean = left.Average(one);
        double otherMean = left.Average(other);
        return left.Sum(each => (one(each) - mean) * (other(each) - otherMean)) * (left.Length - 1) / left.Length;
    }

    /// <summary>What the fit needs of counts.</summary>
    private readonly record struct Sums(long Pairs, long Events, long Bits)
    {
        /// <summary>The logarithm of the rate.</summary>
        public double Level => Math.Log10((double)Events / Pairs);

        public static Sums Of(IReadOnlyList<long> counts, int from) => new(
            counts.Sum(),
            counts.Take(from + 1).Sum(),
            counts.Take(from + 1).Select((count, distance) => count * (from - distance)).Sum());

        public Sums Without(Sums part) => new(Pairs - part.Pairs, Events - part.Events, Bits - part.Bits);

        public double Slope(int grid) =>
            Bits == 0
                ? double.PositiveInfinity
                : Math.Log10(1 + (Events * grid / (double)Bits)) / grid;
    }
}
