using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Tests.Recall;

public sealed class TailFitTests
{
    // One pair in 10^4 within 80, and a tenth of a power of ten fewer with each bit, or with each two.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_ExponentialTail_FindsItsSlopeAndDrawsItOn(int grid)
    {
        long[] counts = new long[257];
        counts[128] = 100_000_000_000;
        for (int distance = 80; distance >= 0; distance -= grid)
        {
            counts[distance] = (long)Math.Round(Within(distance) - Within(distance - grid));
        }

        TailFit tail = Assert.IsType<TailFit>(TailFit.Of(counts, _ => 10_000));

        Assert.InRange(tail.From, 78, 80);
        Assert.Equal(0.1, tail.DecadesPerBit, 0.001);
        Assert.Equal(-4 - 4, Math.Log10(tail.RateWithin(40)), 0.1);
        Assert.InRange(Math.Log10(tail.UpperRateWithin(40)), -7.98, -7.9);

        static double Within(int distance) => 1e7 * Math.Pow(10, -0.1 * (80 - distance));
    }

    [Fact]
    public void Of_IndependentBits_LiesAboveTheTruthBelowAndOnItAtTheTop()
    {
        // 5 million pairs of 256 fair bits, to the nearest pair; only even distances, as PDQ has them.
        long[] counts = new long[257];
        for (int distance = 0; distance <= 256; distance += 2)
        {
            double below = distance == 0 ? 0 : Math.Pow(10, EffectiveBits.LogWithin((distance - 2) / 256.0, 256));
            counts[distance] =
                (long)Math.Round(5e6 * (Math.Pow(10, EffectiveBits.LogWithin(distance / 256.0, 256)) - below));
        }

        TailFit tail = Assert.IsType<TailFit>(TailFit.Of(counts, _ => 500));

        Assert.Equal(
            Math.Log10(tail.RateWithin(tail.From)), EffectiveBits.LogWithin(tail.From / 256.0, 256), 0.02);
        for (int distance = 0; distance < tail.From - 8; distance += 2)
        {
            Assert.True(Math.Log10(tail.RateWithin(distance)) > EffectiveBits.LogWithin(distance / 256.0, 256));
        }

        Assert.True(tail.UpperRateWithin(40) > tail.RateWithin(40));
    }

    [Fact]
    public void Of_TooFewPairs_IsNothing()
    {
        long[] counts = new long[257];
        counts[120] = 30;
        counts[130] = 30;

        Assert.Null(TailFit.Of(counts, _ => 1));
        Assert.Null(TailFit.Of(new long[257], _ => 0));
    }

    [Fact]
    public void Estimate_FairBits_IsTheirNumber()
    {
        long[] counts = new long[257];
        for (int distance = 0; distance <= 256; distance++)
        {
            double below = distance == 0 ? 0 : Math.Pow(10, EffectiveBits.LogWithin((distance - 1) / 256.0, 256));
            counts[distance] = (long)(1e9 * (Math.Pow(10, EffectiveBits.LogWithin(distance / 256.0, 256)) - below));
        }

        Assert.Equal(256, EffectiveBits.Estimate(counts, 256), 0.5);
    }

    [Theory]
    [InlineData(0.2, 10, 56.0 / 1024)]
    [InlineData(0, 10, 1.0 / 1024)]
    [InlineData(1, 10, 1)]
    [InlineData(0.5, 3, 0.6614378)]
    public void LogWithin_FewBits_IsTheBinomialSum(double share, double bits, double expected) =>
        Assert.Equal(Math.Log10(expected), EffectiveBits.LogWithin(share, bits), 1e-6);

    [Fact]
    public void Tiers_KnownTail_AreTheGreatestDistancesBelowTheirRates()
    {
        long[] counts = new long[257];
        counts[128] = 100_000_000_000;
        for (int distance = 80; distance >= 0; distance -= 2)
        {
            counts[distance] = (long)Math.Round(1e7 * Math.Pow(10, -0.2 * (80 - distance)) * (1 - Math.Pow(10, -0.4)));
        }

        var contender = Contender.Pdq(ViewSets.Plain, ViewSets.Turned);
        var tiers = Tiers.Of(contender, TailFit.Of(counts, _ => 1000)!);

        // 10^-4 at 80 and a power of ten less with each 5 bits: 10^-9 at 55, 10^-12 at 40.
        Assert.Equal(("plain", "turned"), (tiers.Register, tiers.Query));
        Assert.InRange(tiers.Strong, 39, 40);
        Assert.InRange(tiers.Review, 54, 55);
    }
}
