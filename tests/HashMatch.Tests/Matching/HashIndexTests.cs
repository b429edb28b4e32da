using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class HashIndexTests
{
    private static readonly int[] Distances = [0, 1, 15, 30, 31, 32, 45, 63, 64, 100, 255, 256];

    [Fact]
    public void Search_EmptyIndex_FindsNothing()
    {
        var index = new HashIndex();
        List<IndexMatch> matches = [];
        List<BatchMatch> batch = [];

        index.Search(default, 256, matches);
        index.Search([default, default], 256, batch);

        Assert.Empty(matches);
        Assert.Empty(batch);
        Assert.Equal(0, index.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(31, 1)]
    [InlineData(256, 2)]
    public void Search_TwoEntries_FindsThoseWithinTheDistance(int maxDistance, int expected)
    {
        var random = new Random(1);
        Hash256 query = Hashes.Random(random);
        var index = new HashIndex();
        index.Add(Hashes.Near(query, 31, random), 1);
        index.Add(Hashes.Near(query, 256, random), 2);
        List<IndexMatch> matches = [];

        index.Search(query, maxDistance, matches);

        Assert.Equal(((IndexMatch[])[new(1, 31), new(2, 256)]).Take(expected), matches.OrderBy(match => match.Id));
    }

    [Fact]
    public void Search_ListWithContent_AppendsToIt()
    {
        var index = new HashIndex();
        index.Add(default, 5);
        List<IndexMatch> matches = [new(9, 9)];

        index.Search(default, 0, matches);

        Assert.Equal([new(9, 9), new(5, 0)], matches);
    }

    [Fact]
    public void Search_SameHashUnderTwoIds_FindsBoth()
    {
        var index = new HashIndex();

        Assert.True(index.Add(new Hash256(1, 2, 3, 4), 0));
        Assert.True(index.Add(new Hash256(1, 2, 3, 4), ulong.MaxValue));

        Assert.Equal([new(0, 0), new(ulong.MaxValue, 0)], Search(index, new Hash256(1, 2, 3, 4), 0));
    }

    [Fact]
    public void Search_SameQueryTwiceInABatch_AnswersEach()
    {
        var index = new HashIndex();
        index.Add(default, 7);
        List<BatchMatch> matches = [];

        index.Search([default, new Hash256(1, 0, 0, 0), default], 1, matches);

        Assert.Equal([new(0, 7, 0), new(1, 7, 1), new(2, 7, 0)], matches.OrderBy(match => match.QueryIndex));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    [InlineData(int.MaxValue)]
    public void Search_DistanceOutOfRange_Throws(int maxDistance)
    {
        var index = new HashIndex();

        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search(default, maxDistance, new List<IndexMatch>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([], maxDistance, new List<BatchMatch>()));
    }

    [Fact]
    public void Add_IdAlreadyThere_IsFalseAndChangesNothing()
    {
        var index = new HashIndex();
        index.Add(default, 3);

        bool added = index.Add(new Hash256(1, 1, 1, 1), 3);

        Assert.False(added);
        Assert.Equal(1, index.Count);
        Assert.Equal([new(3, 0)], Search(index, default, 256));
    }

    [Fact]
    public void AddRange_IdsThereOrRepeated_PassesThemOver()
    {
        var index = new HashIndex();
        index.Add(default, 1);
        var other = new Hash256(1, 0, 0, 0);

        int added = index.AddRange([other, other, default], [1, 2, 2]);

        Assert.Equal(1, added);
        Assert.Equal([new(1, 0), new(2, 1)], Search(index, default, 256));
    }

    [Fact]
    public void AddRange_UnequalLengths_Throws()
    {
        var index = new HashIndex();

        ArgumentException error = Assert.Throws<ArgumentException>(() => index.AddRange([default], []));

        Assert.Equal("ids", error.ParamName);
    }

    [Fact]
    public void Remove_Entry_IsGoneAndCanComeBackWithAnotherHash()
    {
        var index = new HashIndex();
        index.Add(default, 1);

        Assert.True(index.Remove(1));
        Assert.False(index.Remove(1));
        Assert.False(index.Contains(1));
        Assert.Empty(Search(index, default, 256));

        Assert.True(index.Add(new Hash256(0, 1, 0, 0), 1));
        Assert.Equal([new(1, 1)], Search(index, default, 256));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(10_000)]
    public void Search_AnySizeAndDistance_IsThePlainScan(int size)
    {
        var random = new Random(size);
        Hash256[] hashes = Hashes.Clustered(size, random);
        ulong[] ids = [.. Enumerable.Range(0, size).Select(i => (ulong)i * 0x9E3779B97F4A7C15)];
        var index = new HashIndex();
        var model = new Dictionary<ulong, Hash256>(ids.Zip(hashes, KeyValuePair.Create));

        int added = index.AddRange(hashes, ids);

        Assert.Equal(size, added);
        AssertSame(model, index, [Hashes.Random(random), .. hashes.Take(2)]);
    }

    [Theory]
    [InlineData(1, 20, 3_000)]
    [InlineData(2, 2_048, 6_000)]
    [InlineData(3, 5_000, 20_000)]
    public void AddAndRemove_InRandomOrder_LeavesThePlainScan(int seed, int idRange, int steps)
    {
        var random = new Random(seed);
        Hash256[] hashes = Hashes.Clustered(500, random);
        var index = new HashIndex();
        var model = new Dictionary<ulong, Hash256>();
        for (int step = 1; step <= steps; step++)
        {
            ulong id = (ulong)random.Next(idRange);
            Hash256 hash = hashes[random.Next(hashes.Length)];

            // Phases in which most steps add, then most remove, so that whole blocks fill and empty.
            if (random.Next(10) < (step / (steps / 4) % 2 == 0 ? 8 : 2))
            {
                Assert.Equal(model.TryAdd(id, hash), index.Add(hash, id));
            }
            else
            {
                Assert.Equal(model.Remove(id), index.Remove(id));
            }

            Assert.Equal(model.Count, index.Count);
            Assert.Equal(model.ContainsKey(id), index.Contains(id));
            if (step % (steps / 6) == 0)
            {
                AssertSame(model, index, [hash, Hashes.Random(random)]);
            }
        }

        foreach (ulong id in model.Keys)
        {
            Assert.True(index.Remove(id));
        }

        Assert.Empty(Search(index, default, 256));
    }

    [Fact]
    public void Search_ListUsedAgain_AllocatesNothing()
    {
        var random = new Random(3);
        Hash256[] hashes = Hashes.Clustered(5_000, random);
        var index = new HashIndex();
        index.AddRange(hashes, [.. Enumerable.Range(0, hashes.Length).Select(i => (ulong)i)]);
        var matches = new List<IndexMatch>(hashes.Length);
        var batch = new List<BatchMatch>(2 * hashes.Length);

        // The first search of a process makes what all others share.
        SearchAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        SearchAll();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void SearchAll()
        {
            foreach (int maxDistance in Distances)
            {
                matches.Clear();
                batch.Clear();
                index.Search(hashes[0], maxDistance, matches);
                index.Search(hashes.AsSpan(0, 2), maxDistance, batch);
            }
        }
    }

    private static IndexMatch[] Search(HashIndex index, Hash256 query, int maxDistance)
    {
        List<IndexMatch> matches = [];
        index.Search(query, maxDistance, matches);
        return [.. matches.OrderBy(match => match.Id)];
    }

    private static void AssertSame(Dictionary<ulong, Hash256> model, HashIndex index, Hash256[] queries)
    {
        foreach (int maxDistance in Distances)
        {
            List<BatchMatch> batch = [];
            index.Search(queries, maxDistance, batch);
            for (int i = 0; i < queries.Length; i++)
            {
                IEnumerable<IndexMatch> expected = model
                    .Select(entry => new IndexMatch(entry.Key, entry.Value.DistanceTo(queries[i])))
                    .Where(match => match.Distance <= maxDistance)
                    .OrderBy(match => match.Id);

                Assert.Equal(expected, Search(index, queries[i], maxDistance));
                Assert.Equal(
                    expected,
                    batch.Where(match => match.QueryIndex == i)
                        .Select(match => new IndexMatch(match.Id, match.Distance))
                        .OrderBy(match => match.Id));
            }
        }
    }
}
