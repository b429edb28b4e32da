using HashMatch.Matching;
using HashMatch.Matching.Kernels;
using HashMatch.Matching.Live;
using HashMatch.Matching.Multi;

namespace HashMatch.Tests.Matching;

public sealed class SearchPlanTests
{
    // What the measurements in docs/matcher.md say is faster.
    [Theory]
    [InlineData(1_000_000, 31, 1, true)]
    [InlineData(1_000_000, 31, 256, true)]
    [InlineData(10_000_000, 31, 256, true)]
    [InlineData(1_000_000, 45, 1, true)]
    [InlineData(1_000_000, 63, 256, false)]
    [InlineData(1_000_000, 64, 1, false)]
    [InlineData(1_000_000, 256, 1, false)]
    public void UsesIndex_SizeDistanceAndBatch_IsWhatIsFaster(
        int count, int maxDistance, int batch, bool expected) =>
        Assert.Equal(expected, SearchPlan.UsesIndex(count, maxDistance, batch));

    [Fact]
    public void UsesIndex_AnySize_IsForSmallerDistancesAlone()
    {
        foreach (int count in (int[])[MergePlan.LeastSegment, 100_000, 1_000_000, 10_000_000, 100_000_000])
        {
            foreach (int batch in (int[])[1, 4, 16, 256])
            {
                bool[] uses =
                [
                    .. Enumerable.Range(0, Hash256.BitCount + 1)
                        .Select(maxDistance => SearchPlan.UsesIndex(count, maxDistance, batch)),
                ];

                Assert.True(uses[0]);
                Assert.DoesNotContain(true, uses.Skip(MultiIndex.MaxDistance + 1));
            }
        }
    }

    [Theory]
    [InlineData(1, 63, false)]
    [InlineData(256, 0, true)]
    [InlineData(256, 63, true)]
    [InlineData(256, 100, true)]
    [InlineData(256, 128, false)]
    [InlineData(256, 256, false)]
    public void SlicesFor_BatchAndDistance_IsWhatIsFaster(int batch, int maxDistance, bool expected) =>
        Assert.Equal(expected, ScanPlan.SlicesFor(batch, maxDistance));

    [Fact]
    public void Prefixes_AnyDistance_AreWholeStepsAndLetFewRandomRowsPass()
    {
        for (int maxDistance = 0; maxDistance <= ScanPlan.MaxDistance; maxDistance++)
        {
            int sliced = ScanPlan.SlicedPrefixFor(maxDistance);
            int live = ScanPlan.PrefixAt(ScanPlan.PrefixFor(maxDistance));
            Assert.All((int[])[sliced, live], prefix => Assert.Equal(0, prefix % 16));
            Assert.All((int[])[sliced, live], prefix => Assert.InRange(prefix, 1, PlaneBlock.MaxPrefix));

            // Of 512 rows no more than one, wherever a longer prefix could help.
            Assert.True(sliced == PlaneBlock.MaxPrefix || PassRate(sliced, maxDistance) < 1.0 / PlaneBlock.Rows);
            Assert.True(live == PlaneBlock.MaxPrefix || PassRate(live, maxDistance) < 1.0 / PlaneBlock.Rows);
        }
    }

    // The share of random rows that are within a distance over a prefix.
    private static double PassRate(int prefix, int maxDistance)
    {
        double logarithm = -prefix * Math.Log(2);
        double sum = Math.Exp(logarithm);
        for (int distance = 1; distance <= Math.Min(maxDistance, prefix); distance++)
        {
            logarithm += Math.Log((prefix - distance + 1) / (double)distance);
            sum += Math.Exp(logarithm);
        }

        return sum;
    }
}
