namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// How many independent bits would scatter as the distances of single hashes do, and the tail that so many bits have:
/// beside the exponential, a second and steeper opinion.
/// </summary>
internal static class EffectiveBits
{
    /// <summary>Estimates the number from the mean and the variance of distances.</summary>
    /// <param name="counts">How many pairs lie at each distance.</param>
    /// <param name="bits">The size of the hash.</param>
    public static double Estimate(IReadOnlyList<long> counts, int bits)
    {
        double pairs = counts.Take(bits + 1).Sum();
        double mean = counts.Take(bits + 1).Select((count, distance) => (double)count * distance).Sum() / pairs;
        double variance = counts.Take(bits + 1)
            .Select((count, distance) => count * (distance - mean) * (distance - mean)).Sum() / pairs;
        double share = mean / bits;
        return bits * (double)bits * share * (1 - share) / variance;
    }

    /// <summary>
    /// The logarithm, to base 10, of the probability that at most a share of so many fair bits differ; between whole
    /// numbers of bits on the straight line.
    /// </summary>
    public static double LogWithin(double share, double effectiveBits)
    {
        int bits = (int)Math.Round(effectiveBits);
        double at = Math.Clamp(share, 0, 1) * bits;
        int below = (int)Math.Floor(at);
        double lower = LogCumulative(below, bits);
        return lower + ((LogCumulative(Math.Min(bits, below + 1), bits) - lower) * (at - below));
    }

    private static double LogCumulative(int differing, int bits)
    {
        // The sum over its largest member, so that nothing becomes too small for a number.
        double logOfOne = -bits * Math.Log10(2);
        double log = logOfOne;
        double sum = 1;
        for (int i = 1; i <= differing; i++)
        {
            double step = Math.Log10((double)(bits - i + 1) / i);
            log += step;
            sum = (sum * Math.Pow(10, -step)) + 1;
        }

        return log + Math.Log10(sum);
    }
}
