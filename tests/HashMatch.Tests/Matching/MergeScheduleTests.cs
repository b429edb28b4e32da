using HashMatch.Matching;
using HashMatch.Matching.Live;

namespace HashMatch.Tests.Matching;

public sealed class MergeScheduleTests
{
    // Enough for a first merge of the live list, and no block more.
    private const int Entries = MergePlan.LiveLimit + 400;

    // The smallest block that is only taken to make an index; those of the entries are there before.
    private const int LeastOfIndex = 256 * 1024;

    private static readonly Hash256[] Rows = new HashSets(HashSetKind.Uniform, 5).Create(Entries + 1);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(10, 51_200)]
    [InlineData(11, 60_000)]
    [InlineData(1_000_000, 60_000)]
    public void DelayAfter_Failures_GrowsToAMinute(int failures, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), MergeSchedule.DelayAfter(failures));

    [Fact]
    public async Task Start_NoThread_TriesAgainLater()
    {
        var threads = new QueuedThreads { RefusesAll = true };
        var index = new HashIndex(new EntryBook(threads: threads));

        int added = Fill(index);
        long failures = index.IndexingFailures;
        threads.RefusesAll = false;
        await WaitUntil(() => threads.RunAll() > 0);

        Assert.Equal(Entries, added);
        Assert.Equal(1, failures);
        Assert.Single(index.Book.Current.State.Segments);
        AssertFinds(index, Entries);
    }

    [Fact]
    public async Task Run_NoMemory_FailsSeldomAndAnswersUntilThereIsSome()
    {
        const int Before = MergePlan.LiveLimit - 1;
        var memory = new RefusingBlocks { Least = LeastOfIndex };
        var index = new HashIndex(new EntryBook(memory));
        index.AddRange(Rows.AsSpan(0, 20_000), Ids(0, 20_000));
        index.AddRange(Rows.AsSpan(20_000, Before - 20_000), Ids(20_000, Before - 20_000));
        memory.RefusesAll = true;
        for (int i = Before; i < Entries; i++)
        {
            Assert.True(index.Add(Rows[i], (ulong)i));
        }

        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        long failures = index.IndexingFailures;
        int segments = index.Book.Current.State.Segments.Length;
        AssertFinds(index, Entries);
        memory.RefusesAll = false;
        await WaitUntil(() => index.Book.Current.State.Segments.Length == 1);

        // After 0, 100, 300 and 700 ms, and a bit.
        Assert.InRange(failures, 1, 4);
        Assert.Equal(0, segments);
        AssertFinds(index, Entries);
        Assert.True(index.Add(Rows[Entries], Entries));
    }

    [Fact]
    public async Task FirstIndexing_NoMemory_IsTriedAgain()
    {
        var memory = new RefusingBlocks { Least = LeastOfIndex };
        var store = SlotStore.Create(Entries, memory);
        for (int i = 0; i < Entries; i++)
        {
            store.Write((uint)i, Rows[i], (ulong)i, 0);
        }

        memory.RefusesAll = true;
        var index = new HashIndex(new EntryBook(store, Entries));
        await WaitUntil(() => index.IndexingFailures > 0);
        AssertFinds(index, Entries);
        memory.RefusesAll = false;
        await WaitUntil(() => index.Book.Current.State.Segments is [{ Index: not null }]);

        AssertFinds(index, Entries);
    }

    private static int Fill(HashIndex index) => index.AddRange(Rows.AsSpan(0, Entries), Ids(0, Entries));

    private static ulong[] Ids(int first, int count) => [.. Enumerable.Range(first, count).Select(i => (ulong)i)];

    private static void AssertFinds(HashIndex index, int count)
    {
        List<IndexMatch> all = [];
        List<IndexMatch> one = [];
        index.Search(Rows[7], 256, all);
        index.Search(Rows[^2], 0, one);

        Assert.Equal(count, all.Select(match => match.Id).Distinct().Count());
        Assert.Equal(count, all.Count);
        Assert.Contains(new IndexMatch(Entries - 1, 0), one);
    }

    private static async Task WaitUntil(Func<bool> isSo)
    {
        for (int wait = 0; wait < 600 && !isSo(); wait++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
