using HashMatch.Matching;
using HashMatch.Matching.Live;

namespace HashMatch.Tests.Matching;

/// <summary>The index when memory is refused: what it says stays exact, and it goes on once there is some.</summary>
public sealed class HashIndexMemoryTests
{
    private const int Length = 70_000;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("HASHMATCH_LONG") == "1";

    private static readonly Hash256[] Rows = new HashSets(HashSetKind.Zipf, 6).Create(Length);
    private static readonly ulong[] Ids = [.. Enumerable.Range(0, Length).Select(i => (ulong)i)];

    private readonly RefusingBlocks _memory = new();
    private readonly QueuedThreads _threads = new();
    private readonly HashSet<ulong> _listed = [];

    // Every block of a life with merges of all kinds, or some of them, is refused once.
    [Fact]
    public async Task Changes_AnyBlockRefused_LeaveTheIndexExact()
    {
        int refused = 1;
        int life;
        while ((life = await new HashIndexMemoryTests().LiveAsync(refused)) >= refused)
        {
            refused += IsLong ? 1 : refused < 9 ? 2 : 17;
        }

        Assert.InRange(life, 100, 2_000);
    }

    [Fact]
    public void Add_NoMemoryForABlock_ChangesNothing()
    {
        var index = new HashIndex(new EntryBook(_memory, _threads));
        Add(index, 0, 511);
        _memory.Least = 16_384;
        _memory.RefusesAll = true;

        Assert.Throws<InsufficientMemoryException>(() => index.Add(Rows[511], 511));
        Assert.Throws<InsufficientMemoryException>(() => index.Add(Rows[511], 511));
        AssertExact(index);
        Assert.False(index.Contains(511));
        _memory.RefusesAll = false;
        Add(index, 511, 600);

        AssertExact(index);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(14, false)]
    public async Task AddRange_LongOneAndABlockRefused_IsListedWholeOrNotAtAll(int refused, bool isOfRows)
    {
        Hash256[] rows = new HashSets(HashSetKind.Uniform, 7).Create(MergePlan.IndexedRange);
        ulong[] ids = [.. Enumerable.Range(0, rows.Length).Select(i => (ulong)i)];
        var index = new HashIndex(new EntryBook(_memory));
        _memory.Least = 1 << 18;
        _memory.RefusedOne = _memory.Asked + refused;

        if (isOfRows)
        {
            Assert.Throws<InsufficientMemoryException>(() => index.AddRange(rows, ids));
            Assert.Equal(0, index.Count);
            Assert.False(index.Contains(0));
        }

        int added = index.AddRange(rows, ids);
        long failures = index.IndexingFailures;
        int found = FindAll(index, rows);
        await WaitUntil(() => index.Book.Current.State.Segments is [{ Index: not null }]);

        Assert.Equal(rows.Length, added);
        Assert.Equal(1, _memory.Refused);
        Assert.Equal(isOfRows ? 0 : 1, failures);
        Assert.Equal(rows.Length, found);
        Assert.Equal(rows.Length, FindAll(index, rows));
        Assert.NotNull(index.Book.Current.State.Segments[0].Index);
    }

    [Fact]
    public async Task Merge_APartRefused_LosesNoDeadSlot()
    {
        const int Dead = 9_000;
        var index = new HashIndex(new EntryBook(_memory, _threads));
        Add(index, 0, 34_000);
        _threads.RunAll();
        _memory.Least = 110_000;
        Remove(index, 0, Dead);

        // Three blocks are for all parts; the others are one for each.
        _memory.RefusedOne = _memory.Asked + 3 + 6;
        _threads.RunAll();
        int layers = index.Book.Current.State.Segments[0].Index!.Layers;
        AssertExact(index);
        await WaitUntil(() => _threads.RunAll() > 0);
        await WaitUntil(() => index.Book.Current.State.Store.Unused.CountSlots() == Dead);

        Assert.Equal(1, index.IndexingFailures);
        Assert.Equal(2, layers);
        Assert.Equal(1, index.Book.Current.State.Segments[0].Index!.Layers);
        Assert.Equal(Dead, index.Book.Current.State.Store.Unused.CountSlots());
        Add(index, 0, Dead);
        AssertExact(index);
    }

    [Fact]
    public void Merge_APartRefusedTimeAndAgain_HasNoMoreThanTwoLayers()
    {
        var index = new HashIndex(new EntryBook(_memory, _threads));
        Add(index, 0, 34_000);
        _threads.RunAll();
        _memory.Least = 110_000;
        Remove(index, 0, 9_000);

        for (int round = 0; round < 4; round++)
        {
            _memory.RefusedOne = _memory.Asked + 3 + 6;
            Assert.Throws<InsufficientMemoryException>(() => new Merger(index.Book).Run(isQuiet: false));

            Assert.Equal(2, index.Book.Current.State.Segments[0].Index!.Layers);
            AssertExact(index);
        }
    }

    [Fact]
    public void Merge_NoMemoryForWhatIsLeftOver_ChangesNothing()
    {
        // What is left fills 13 blocks and most of the tail; together with the tail there is, one block more.
        var index = new HashIndex(new EntryBook(_memory, _threads));
        Add(index, 0, 20_268);
        Remove(index, 0, 13_000);
        _memory.Least = 500_000;
        _memory.RefusesAll = true;

        Assert.Throws<InsufficientMemoryException>(() => new Merger(index.Book).Run(isQuiet: false));
        AssertExact(index);
        Add(index, 20_268, 20_300);
        AssertExact(index);
        _memory.RefusesAll = false;
        new Merger(index.Book).Run(isQuiet: false);

        Assert.InRange(index.Book.Current.BlockCount, 13, 15);
        AssertExact(index);
    }

    [Fact]
    public void Read_MoreEntriesThanThereAre_Throws()
    {
        var index = new HashIndex(new EntryBook(_memory, _threads));
        Add(index, 0, 3);
        using var entries = new SavedEntries(index.Book);
        entries.Collect();

        Assert.Throws<InvalidOperationException>(() => entries.Read(new ulong[4], new byte[4], new Hash256[4]));
    }

    // Gives how many blocks were asked for.
    private async Task<int> LiveAsync(int refused)
    {
        _memory.RefusedOne = refused;
        HashIndex index;
        try
        {
            index = new HashIndex(new EntryBook(_memory, _threads));
        }
        catch (InsufficientMemoryException)
        {
            return _memory.Asked;
        }

        // Merged with many dead in the live list, then as a segment, that of two, and quiet.
        Add(index, 0, 100);
        Add(index, 100, 9_500);
        Remove(index, 50, 9_000);
        _threads.RunAll();
        Add(index, 50, 34_500);
        _threads.RunAll();
        AssertExact(index);
        Remove(index, 0, 9_300);
        _threads.RunAll();
        AssertExact(index);
        Add(index, 34_500, Length);
        _threads.RunAll();
        AssertExact(index);
        Add(index, 0, 9_000);
        if (index.IndexingFailures > 0)
        {
            await WaitUntil(() => _threads.RunAll() > 0);
        }

        try
        {
            new Merger(index.Book).Run(isQuiet: true);
        }
        catch (InsufficientMemoryException)
        {
            AssertExact(index);
            new Merger(index.Book).Run(isQuiet: true);
        }

        AssertExact(index);
        Assert.Single(index.Book.Current.State.Segments);
        Assert.Equal(_memory.Asked >= refused ? 1 : 0, _memory.Refused);
        return _memory.Asked;
    }

    // What is refused is tried again; what came before it is there.
    private void Add(HashIndex index, int start, int end)
    {
        int missing = Enumerable.Range(start, end - start).Count(i => !_listed.Contains((ulong)i));
        int before = index.Count;
        try
        {
            AddOnce(index, start, end);
        }
        catch (InsufficientMemoryException)
        {
            ulong[] there = [.. Ids[start..end].Where(index.Contains)];
            Assert.Equal(index.Count - before, there.Length - (end - start - missing));
            _listed.UnionWith(there);
            AssertExact(index);
            AddOnce(index, start, end);
        }

        Assert.Equal(before + missing, index.Count);
        _listed.UnionWith(Ids[start..end]);
    }

    private static void AddOnce(HashIndex index, int start, int end)
    {
        int middle = Math.Min(start + 1_000, end);
        for (int i = start; i < middle; i++)
        {
            index.Add(Rows[i], Ids[i]);
        }

        index.AddRange(Rows.AsSpan()[middle..end], Ids.AsSpan()[middle..end]);
    }

    private void Remove(HashIndex index, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            Assert.Equal(_listed.Remove((ulong)i), index.Remove((ulong)i));
        }
    }

    private void AssertExact(HashIndex index)
    {
        Assert.Equal(_listed.Count, index.Count);
        foreach (int maxDistance in (int[])[0, 31, 60, 256])
        {
            Hash256[] queries = [Rows[maxDistance], Rows[9_200], Rows[34_400], Rows[^1]];
            List<BatchMatch> found = [];
            try
            {
                index.Search(queries, maxDistance, found);
            }
            catch (InsufficientMemoryException)
            {
                found.Clear();
                index.Search(queries, maxDistance, found);
            }

            HashSet<BatchMatch> expected = [];
            foreach (ulong id in _listed)
            {
                for (int query = 0; query < queries.Length; query++)
                {
                    int distance = Rows[id].DistanceTo(queries[query]);
                    if (distance <= maxDistance)
                    {
                        expected.Add(new BatchMatch(query, id, distance));
                    }
                }
            }

            Assert.Equal(expected.Count, found.Count);
            Assert.True(expected.SetEquals(found));
        }
    }

    private static int FindAll(HashIndex index, Hash256[] rows)
    {
        List<IndexMatch> matches = [];
        index.Search(rows[0], 256, matches);
        return matches.Select(match => match.Id).Distinct().Count();
    }

    private static async Task WaitUntil(Func<bool> isSo)
    {
        for (int wait = 0; wait < 600 && !isSo(); wait++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
