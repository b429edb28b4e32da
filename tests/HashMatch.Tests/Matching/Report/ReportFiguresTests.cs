using System.Text.Json;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Load;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching.Report;

public sealed class ReportFiguresTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1, 5 }, 5.0)]
    [InlineData(new[] { 4.0, 1, 100, 2 }, 3.0)]
    public void MedianOf_Values_IsTheMiddle(double[] values, double expected) =>
        Assert.Equal(expected, Median.Of(values));

    [Fact]
    public void OfRatios_Rounds_AreComparedOneByOne()
    {
        // The middle of the ratios is 10; that of one side over that of the other would be 20 / 2.5.
        var spread = Spread.OfRatios([10, 20, 90], [1, 2.5, 9]);

        Assert.Equal(new Spread(10, 8, 10), spread);
        Assert.Throws<ArgumentException>(() => Spread.OfRatios([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Spread.OfRatios([], []));
    }

    [Fact]
    public void OfThreads_TwoThreads_AddsRatesAndSharesTimes()
    {
        var together = RoundFigures.OfThreads(
            [new RoundFigures(100, 0.001, 0.002, 50_000), new RoundFigures(300, 0.003, 0.002, 150_000)]);

        Assert.Equal(200_000, together.Rate);
        Assert.Equal(10, together.Processor, 9);
        Assert.Equal(10, together.Wall, 9);
    }

    [Fact]
    public void Compare_AnyOrder_CountsMissedAndWrong()
    {
        List<BatchMatch> expected = [new(0, 1, 5), new(0, 2, 6), new(1, 1, 7), new(1, 3, 8)];

        var same = Exactness.Compare(2, expected, [new(1, 3, 8), new(0, 2, 6), new(1, 1, 7), new(0, 1, 5)]);
        var missed = Exactness.Compare(2, expected, [new(0, 1, 5), new(1, 1, 7), new(0, 2, 6)]);
        var doubled = Exactness.Compare(2, expected, [.. expected, new(0, 2, 6)]);
        var foreign = Exactness.Compare(2, expected, [.. expected, new(1, 2, 6)]);
        var misread = Exactness.Compare(2, expected, [.. expected[..3], new(1, 3, 9)]);

        Assert.Equal(new Exactness(2, 4, 0, 0), same);
        Assert.Equal(new Exactness(2, 4, 1, 0), missed);
        Assert.Equal(new Exactness(2, 4, 0, 1), doubled);
        Assert.Equal(new Exactness(2, 4, 0, 1), foreign);
        Assert.Equal(new Exactness(2, 4, 0, 1), misread);
        Assert.Equal(0.75, missed.Recall);
        Assert.Equal(1, default(Exactness).Recall);
        Assert.Equal(new Exactness(4, 8, 1, 1), missed + doubled);
    }

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.999, 100)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    [InlineData(0, 1)]
    public void SearchTimes_Share_IsTheTimeThatSoManyDoNotExceed(double share, double expected)
    {
        var times = new SearchTimes(100);
        var all = new SearchTimes(150);

        // In no order, and more than it keeps.
        for (int i = 0; i < 120; i++)
        {
            times.Add(((i * 37 % 100) + 1) * 1e-6, ((i * 37 % 100) + 1) * 2e-6);
        }

        all.AddAll(times);

        Assert.Equal(100, times.Count);
        Assert.Equal(expected, times.Wall(share)!.Value, 3);
        Assert.Equal(2 * expected, times.Processor(share)!.Value, 3);
        Assert.Equal(times.Wall(share), all.Wall(share));
        times.Clear();
        Assert.Null(times.Wall(share));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49_999_999)]
    [InlineData(3_000_000_000)]
    public void RowOf_IdOfRow_IsTheRow(long row) => Assert.Equal((ulong)row, EntryIds.RowOf(EntryIds.Of(row)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1234567.8, 1234568)]
    [InlineData(123.456789, 123.46)]
    [InlineData(0.000123456, 0.00012346)]
    public void Round_Number_HasFiveDigitsOrIsWhole(double value, double expected) =>
        Assert.Equal(expected, ShortNumbers.Round(value));

    [Theory]
    [InlineData(0.0214, "21 ns")]
    [InlineData(0.9996, "1 µs")]
    [InlineData(8.62, "8.6 µs")]
    [InlineData(9.97, "10 µs")]
    [InlineData(206.4, "206 µs")]
    [InlineData(1_236, "1.2 ms")]
    [InlineData(66_597, "67 ms")]
    [InlineData(2_500_000, "2.5 s")]
    public void Time_Microseconds_HasAUnitThatFits(double microseconds, string expected) =>
        Assert.Equal(expected, Quantity.Time(microseconds));

    [Fact]
    public void Search_PlainScan_FindsWhatCountingBitByBitFinds()
    {
        Hash256[] rows = Hashes.Clustered(1_001, new Random(3));
        var matches = new List<BatchMatch>();

        ScalarScan.Search(rows, 500, rows[7], 64, 3, matches);

        IEnumerable<BatchMatch> expected = rows
            .Select((row, i) => new BatchMatch(3, EntryIds.Of(500 + i), Bits(row, rows[7])))
            .Where(match => match.Distance <= 64);
        Assert.Equal(expected, matches);
        Assert.InRange(matches.Count, 2, 1_000);
    }

    [Fact]
    public void Json_Line_IsReadAsItWasWritten()
    {
        var line = new EngineLine
        {
            Engine = "index",
            Set = "uniform",
            Size = 1_000_000,
            Distance = 31,
            Threads = 1,
            Batch = 1,
            Rounds = 5,
            CpuUsPerQuery = 15.25,
            Ratio = 80.5,
        };

        string json = ReportJson.Write(line);

        Assert.StartsWith("""{"engine":"index","set":"uniform","size":1000000,"distance":31,""", json);
        Assert.Contains("\"cpu_us_per_query\":15.25", json, StringComparison.Ordinal);
        Assert.DoesNotContain("insert_us", json, StringComparison.Ordinal);
        Assert.Equal(line, ReportJson.Read<EngineLine>(json));
        Assert.Throws<JsonException>(() => ReportJson.Read<EngineLine>("{}"));
    }

    private static int Bits(Hash256 left, Hash256 right) => Enumerable.Range(0, Hash256.BitCount)
        .Count(bit => ((left.GetWord(bit / 64) ^ right.GetWord(bit / 64)) >> (bit % 64) & 1) != 0);
}
