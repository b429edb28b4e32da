namespace HashMatch.Tests.Matching;

/// <summary>The index beside the plain scan, while entries come and go in other threads.</summary>
/// <remarks>
/// With HASHMATCH_LONG=1 there are well over a million operations, and lists of up to 300,000 entries.
/// </remarks>
public sealed class HashIndexModelTests
{
    private const int Writers = 2;
    private const int Searchers = 2;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("HASHMATCH_LONG") == "1";

    public static TheoryData<string, int> Lists
    {
        get
        {
            var lists = new TheoryData<string, int>();
            foreach (string kind in Enum.GetNames<HashSetKind>())
            {
                foreach (int size in (int[])(IsLong ? [0, 1, 2, 1_000, 30_000, 100_000, 300_000] : [0, 2, 40_000]))
                {
                    lists.Add(kind, size);
                }
            }

            return lists;
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Search_WhileEntriesComeAndGo_IsThePlainScan(string kind, int size)
    {
        var model = new IndexModel(Enum.Parse<HashSetKind>(kind), size, size + 1);
        CancellationToken test = TestContext.Current.CancellationToken;
        int writes = (IsLong ? 100_000 : 12_000) / Writers;

        Task[] writers =
        [
            .. Enumerable.Range(0, Writers).Select(
                writer => Task.Run(() => model.Write(writer, Writers, writes, size + writer), test)),
        ];
        Task[] searchers =
        [
            .. Enumerable.Range(0, Searchers).Select(searcher => Task.Run(
                () => model.Search(int.MaxValue, 10 + searcher, () => writers.All(writer => writer.IsCompleted)),
                test)),
        ];
        await Task.WhenAll(writers);
        await Task.WhenAll(searchers);
        model.CheckAll(size);

        Assert.Empty(model.Faults);
        Assert.InRange(model.Operations, 2 * writes, long.MaxValue);
    }

    [Fact]
    public async Task Search_OnSegmentsOfAllSizes_IsThePlainScan()
    {
        // Enough for several merges, one of them of all when nothing changes any more.
        var model = new IndexModel(HashSetKind.Zipf, 50_000, 3);
        model.Write(0, 1, 60_000, 4);
        model.CheckAll(5);
        for (int wait = 0; wait < 300 && model.Index.Book.Current.State.Segments.Length != 1; wait++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        model.CheckAll(6);

        Assert.Single(model.Index.Book.Current.State.Segments);
        Assert.Empty(model.Faults);
    }
}
