using HashMatch.Benchmarks.Recall;
using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Hashing;

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

        TailFit tail = Assert.IsType<TailFit>(TailFit.Of(counts, [], _ => 10_000));

        Assert.InRange(tail.From, 78, 80);
        Assert.Equal(0.1, tail.DecadesPerBit, 0.001);
        Assert.Equal(-4 - 4, Math.Log10(tail.RateWithin(40)), 0.1);

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

        TailFit tail = Assert.IsType<TailFit>(TailFit.Of(counts, [], _ => 500));

        Assert.Equal(
            Math.Log10(tail.RateWithin(tail.From)), EffectiveBits.LogWithin(tail.From / 256.0, 256), 0.02);
        for (int distance = 0; distance < tail.From - 8; distance += 2)
        {
            Assert.True(Math.Log10(tail.RateWithin(distance)) > EffectiveBits.LogWithin(distance / 256.0, 256));
        }
    }

    [Fact]
    public void UpperRateWithin_PhotosThatDiffer_LiesTheFartherAboveTheLine()
    {
        // Twenty photos: the pairs at 80 are of all of them alike, those at 70 as well, or most of them of two.
        long[] alike = Counts(1_000_000, 200, 20);
        long[] plain = Counts(1_000_000, 200, 0);
        long[] likeMany = Counts(1_000_000, 200, 150);
        long[] all = Counts(10_000_000, 2000, 200);

        TailFit even = TailFit.Of(all, [.. Enumerable.Repeat(alike, 20)], _ => 100)!;
        TailFit uneven = TailFit.Of(all, [likeMany, likeMany, .. Enumerable.Repeat(plain, 18)], _ => 100)!;

        Assert.Equal(even.RateWithin(40), uneven.RateWithin(40));
        Assert.Equal(1, even.UpperRateWithin(40) / even.RateWithin(40), 1e-6);
        Assert.True(uneven.UpperRateWithin(40) > 10 * uneven.RateWithin(40));

        static long[] Counts(long far, long at80, long at70)
        {
            long[] counts = new long[257];
            (counts[128], counts[80], counts[70]) = (far, at80, at70);
            return counts;
        }
    }

    [Fact]
    public void Of_TooFewPairs_IsNothing()
    {
        long[] counts = new long[257];
        counts[120] = 30;
        counts[130] = 30;

        Assert.Null(TailFit.Of(counts, [], _ => 1));
        Assert.Null(TailFit.Of(new long[257], [], _ => 0));
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
    public void CalibratedClass_KnownTail_HasTheGreatestDistancesBelowItsPartOfTheRates()
    {
        long[] counts = new long[257];
        counts[128] = 100_000_000_000;
        for (int distance = 80; distance >= 0; distance -= 2)
        {
            counts[distance] = (long)Math.Round(1e8 * Math.Pow(10, -0.2 * (80 - distance)) * (1 - Math.Pow(10, -0.4)));
        }

        TailFit tail = TailFit.Of(counts, [], _ => 1000)!;
        IReadOnlyList<HashClass> classes = HashClass.Of(QueryViews.Turned);

        var first = CalibratedClass.Of(classes[0], tail, 0.9, 64);
        var last = CalibratedClass.Of(classes[2], tail, 0.05, 64);
        var none = CalibratedClass.Of(classes[2], tail, 0, 64);

        // 10^-3 at 80 and a power of ten less with each 5 bits: 10^-9 at 50, 10^-12 at 35; 6 less for a twentieth. All
        // of these distances are even, so that 34 is as good as 35.
        Assert.Equal(2, tail.Step);
        Assert.Equal(("as it is", 34, 48), (first.Class, first.Strong, first.Review));
        Assert.Equal(("turned", 28, 42), (last.Class, last.Strong, last.Review));
        Assert.Equal((-1, -1), (none.Strong, none.Review));
    }
}
