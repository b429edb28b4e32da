using HashMatch.Matching.Live;

namespace HashMatch.Tests.Matching;

public sealed class MergePlanTests
{
    private const int Limit = MergePlan.LiveLimit;

    [Theory]
    [InlineData(Limit - 1, 0, 1_000_000, false, false)]
    [InlineData(Limit, 0, 40_000, false, true)]
    [InlineData(9_000, 8_192, 1_000_000, false, true)]
    [InlineData(20_000, 8_192, 1_000_000, false, false)]
    [InlineData(9_000, 0, 1_000_000, true, true)]
    [InlineData(9_000, 0, 20_000, true, false)]
    public void TakesLive_SizeDeadAndQuiet_IsAsWritten(int rows, int dead, int count, bool isQuiet, bool expected) =>
        Assert.Equal(expected, MergePlan.TakesLive(rows, dead, count, isQuiet));

    [Theory]
    [InlineData(false, "", "")]
    [InlineData(false, "100", "")]
    [InlineData(false, "100 101", "")]
    [InlineData(false, "100 100", "0 1")]
    [InlineData(false, "400 100 200 100", "1 3 2 0")]
    [InlineData(false, "900 100 200 100", "1 3 2")]
    [InlineData(true, "900 200 50", "2 1 0")]
    [InlineData(true, "2000000 100 50", "2 1")]
    [InlineData(true, "2000000 200000 300000", "1 2 0")]
    [InlineData(true, "2000000 200000 200000", "1 2")]
    [InlineData(true, "2000000 100", "")]
    public void TakeSegments_Sizes_TakesThoseThatAreAsManyAsTheSmaller(bool isQuiet, string counts, string expected)
    {
        SegmentSize[] sizes =
        [
            .. counts.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(count => new SegmentSize(int.Parse(count, null), 0, true)),
        ];

        int[] taken = MergePlan.TakeSegments(sizes, isQuiet);

        Assert.Equal(expected, string.Join(' ', taken));
    }

    [Fact]
    public void TakeSegments_OneWithoutIndexOrMuchDead_IsMadeAnew()
    {
        Assert.Equal([1], MergePlan.TakeSegments([new(100, 0, true), new(99, 0, false)], isQuiet: false));
        Assert.Equal([0], MergePlan.TakeSegments([new(40_000, 10_000, true)], isQuiet: false));
        Assert.Empty(MergePlan.TakeSegments([new(40_000, 9_999, true)], isQuiet: false));
        Assert.Empty(MergePlan.TakeSegments([new(1_000, 999, true)], isQuiet: false));
    }

    // However many come one by one, segments stay few, and an entry is indexed only so often.
    [Fact]
    public void Plan_ManyEntries_KeepsSegmentsFewAndWorkSmall()
    {
        const int Entries = 10_000_000;
        List<int> segments = [];
        long indexed = 0;
        int most = 0;
        for (int count = 0; count < Entries; count += Limit)
        {
            segments.Add(Limit);
            indexed += Limit;
            int[] taken;
            while ((taken = MergePlan.TakeSegments(
                [.. segments.Select(size => new SegmentSize(size, 0, true))], isQuiet: false)).Length > 0)
            {
                int sum = taken.Sum(place => segments[place]);
                indexed += sum;
                segments = [.. segments.Where((_, place) => !taken.Contains(place)), sum];
            }

            most = Math.Max(most, segments.Count);
        }

        Assert.InRange(most, 1, 9);
        Assert.InRange(indexed / (double)Entries, 1, 6);
    }
}
