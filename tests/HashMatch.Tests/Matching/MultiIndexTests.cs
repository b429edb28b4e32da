using HashMatch.Matching;
using HashMatch.Matching.Memory;
using HashMatch.Matching.Multi;

namespace HashMatch.Tests.Matching;

[Trait("Category", "Simd")]
public sealed class MultiIndexTests
{
    private static readonly int[] Distances = [0, 1, 2, 7, 15, 16, 30, 31, 32, 33, 45, 47, 48, MultiIndex.MaxDistance];

    // Around the widths of vectors, words and blocks, and past the fewest rows for one more bit of the key.
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 1001, 8192, 65_536, 65_537];

    public static TheoryData<string, int> LargeSets => new()
    {
        { nameof(HashSetKind.Uniform), 300_000 },
        { nameof(HashSetKind.Skew), 300_000 },
        { nameof(HashSetKind.Zipf), 300_000 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Search_AnySize_GivesEachRowWithinTheDistanceOnce(int size)
    {
        Hash256[] hashes = Hashes.Clustered(size, new Random(size));
        Hash256[] queries = [default, .. hashes.Take(2), .. new HashSets(HashSetKind.Uniform).CreateQueries(hashes, 9)];

        AssertFindsAll(hashes, AllOf(size), queries, Distances);
    }

    [Theory]
    [MemberData(nameof(LargeSets))]
    public void Search_LargeSet_GivesEachRowWithinTheDistanceOnce(string kind, int size)
    {
        var sets = new HashSets(Enum.Parse<HashSetKind>(kind));
        Hash256[] hashes = sets.Create(size);

        AssertFindsAll(hashes, AllOf(size), sets.CreateQueries(hashes, 12), Distances);
        AssertFindsAll(hashes, AllOf(size), sets.CreateQueries(hashes, 400), [31]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void Search_SomeSlotsOnly_GivesNoOthers(int oneOf)
    {
        var sets = new HashSets(HashSetKind.Skew, seed: oneOf);
        Hash256[] hashes = sets.Create(150_000);
        var random = new Random(oneOf);
        ulong[] members = AllOf(hashes.Length);
        for (int slot = 0; slot < hashes.Length; slot++)
        {
            // The stretch begins and ends with slots of others.
            if (random.Next(oneOf) != 0 || slot < 1_000 || slot > 149_000)
            {
                members[slot / 64] &= ~(1UL << (slot % 64));
            }
        }

        AssertFindsAll(hashes, members, sets.CreateQueries(hashes, 20), Distances);
    }

    [Theory]
    [InlineData(1, 70_000)]
    [InlineData(2, 70_000)]
    [InlineData(500, 200_000)]
    public void Search_ManyEqualHashes_GivesEachRowWithinTheDistanceOnce(int different, int size)
    {
        Hash256[] values = Hashes.Clustered(different, new Random(different));
        Hash256[] hashes = [.. Enumerable.Range(0, size).Select(row => values[row % different])];
        var random = new Random(size);
        Hash256[] queries =
            [values[0], Hashes.Near(values[0], 30, random), Hashes.Near(values[^1], 60, random), default];

        AssertFindsAll(hashes, AllOf(size), queries, [0, 31, MultiIndex.MaxDistance]);
    }

    [Fact]
    public void Search_DistanceSpreadSoThatOnePartAloneIsSmall_FindsTheRow()
    {
        foreach (int maxDistance in Distances)
        {
            for (int small = 0; small < MultiIndex.Parts; small++)
            {
                // All parts but one differ by as much as their shares, that one by one bit less if its share allows.
                ulong[] words = new ulong[4];
                int left = maxDistance;
                for (int i = 1; i <= MultiIndex.Parts; i++)
                {
                    int part = (small + i) % MultiIndex.Parts;
                    int share = Math.Min(left, MultiIndex.Share(maxDistance, part));
                    left -= share;
                    words[part / 4] |= ((1UL << share) - 1) << (16 * (part % 4));
                }

                var query = new Hash256(words[0], words[1], words[2], words[3]);
                AssertFindsAll([default, query], AllOf(2), [query, default], [maxDistance]);
            }
        }
    }

    [Fact]
    public void Search_ManyQueriesAtOnce_GivesWhatEachGivesAlone()
    {
        var sets = new HashSets(HashSetKind.Zipf);
        Hash256[] hashes = sets.Create(40_000);
        using HashRows rows = RowsOf(hashes);
        using var index = MultiIndex.Build(rows, AllOf(hashes.Length));
        Hash256[] queries = sets.CreateQueries(hashes, (2 * MultiSearch.MaxQueries) + 3);
        RowHits alone = default;
        RowHits together = default;
        for (int i = 0; i < queries.Length; i++)
        {
            RowHits own = default;
            index.Search(rows, queries[i], 45, ref own);
            foreach (RowHit hit in own.Span)
            {
                alone.Add(i, hit.Row, hit.Distance);
            }
        }

        index.Search(rows, queries, 45, ref together);

        Assert.Equal(Sorted(alone), Sorted(together));
    }

    [Fact]
    public void Search_OnManyThreads_GivesTheSame()
    {
        var sets = new HashSets(HashSetKind.Skew);
        Hash256[] hashes = sets.Create(30_000);
        using HashRows rows = RowsOf(hashes);
        using var index = MultiIndex.Build(rows, AllOf(hashes.Length));
        Hash256[] queries = sets.CreateQueries(hashes, 64);
        RowHit[] expected = Find(index, rows, queries, 45);
        var found = new RowHit[16][];

        Parallel.For(0, found.Length, i => found[i] = Find(index, rows, queries, 45));

        Assert.All(found, hits => Assert.Equal(expected, hits));
    }

    [Fact]
    public void Build_InPlaceOfOthers_HandsOverIndexesThatFindAll()
    {
        var sets = new HashSets(HashSetKind.Skew);
        Hash256[] hashes = sets.Create(60_000);
        using HashRows rows = RowsOf(hashes);
        ulong[] small = AllOf(2_048);
        ulong[] large = AllOf(hashes.Length);
        large.AsSpan(0, small.Length).Clear();
        MultiIndex[] replaced = [MultiIndex.Build(rows, small), MultiIndex.Build(rows, large)];
        Hash256[] queries = [.. sets.CreateQueries(hashes, 60), hashes[5], hashes[50_000]];
        RowHit[] expected = Expect(hashes, AllOf(hashes.Length), queries, 40);
        int handed = 0;
        MultiIndex? last = null;

        using var index = MultiIndex.Build(rows, AllOf(hashes.Length), replaced, joined =>
        {
            // As soon as the joined index is there, what it stands for may go.
            if (last is null)
            {
                Array.ForEach(replaced, static old => old.Dispose());
            }

            last?.Dispose();
            last = joined;
            handed++;
            Assert.Equal(expected, Find(joined, rows, queries, 40));
        });
        last?.Dispose();

        Assert.Equal(MultiIndex.Parts - 1, handed);
        Assert.Equal(expected, Find(index, rows, queries, 40));
    }

    [Fact]
    public void Build_InPlaceOfOthers_NeedsNoTwoOfAllTables()
    {
        var sets = new HashSets(HashSetKind.Uniform);
        Hash256[] hashes = sets.Create(100_000);
        using HashRows rows = RowsOf(hashes);
        var old = MultiIndex.Build(rows, AllOf(hashes.Length));
        long alone = old.Bytes;
        long most = 0;

        using var index = MultiIndex.Build(
            rows, AllOf(hashes.Length), [old], joined => most = Math.Max(most, joined.Bytes));

        Assert.InRange(most, alone, alone + (alone / MultiIndex.Parts));
    }

    [Fact]
    public void Build_Cancelled_Throws()
    {
        Hash256[] hashes = new HashSets(HashSetKind.Uniform).Create(1_000);
        using HashRows rows = RowsOf(hashes);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(
            () => MultiIndex.Build(rows, AllOf(hashes.Length), cancellation.Token));
    }

    [Theory]
    [InlineData(2_000, 100)]
    [InlineData(300_000, 75)]
    [InlineData(1_100_000, 72)]
    public void Bytes_AnySize_AreFewForARow(int size, double most)
    {
        using var rows = new HashRows(size);
        using var index = MultiIndex.Build(rows, AllOf(size));

        Assert.InRange((double)index.Bytes / size, 64, most);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(MultiIndex.MaxDistance + 1)]
    public void Search_DistanceOutOfRange_Throws(int maxDistance)
    {
        using var rows = new HashRows(1);
        using var index = MultiIndex.Build(rows, AllOf(1));

        Assert.Throws<ArgumentOutOfRangeException>(() => Find(index, rows, [default], maxDistance));
    }

    private static void AssertFindsAll(
        Hash256[] hashes, ulong[] members, Hash256[] queries, ReadOnlySpan<int> distances)
    {
        using HashRows rows = RowsOf(hashes);
        using var index = MultiIndex.Build(rows, members);
        foreach (int maxDistance in distances)
        {
            Assert.Equal(Expect(hashes, members, queries, maxDistance), Find(index, rows, queries, maxDistance));
            for (int i = 0; i < Math.Min(queries.Length, 12); i++)
            {
                RowHit[] alone = Find(index, rows, [queries[i]], maxDistance);
                Assert.Equal(Expect(hashes, members, [queries[i]], maxDistance), alone);
            }
        }
    }

    private static RowHit[] Expect(Hash256[] hashes, ulong[] members, Hash256[] queries, int maxDistance)
    {
        var hits = new List<RowHit>();
        for (int query = 0; query < queries.Length; query++)
        {
            for (int slot = 0; slot < hashes.Length; slot++)
            {
                int distance = queries[query].DistanceTo(hashes[slot]);
                if (distance <= maxDistance && (members[slot / 64] >> (slot % 64) & 1) != 0)
                {
                    hits.Add(new RowHit(query, slot, distance));
                }
            }
        }

        return [.. hits];
    }

    private static RowHit[] Find(MultiIndex index, HashRows rows, Hash256[] queries, int maxDistance)
    {
        RowHits hits = default;
        try
        {
            index.Search(rows, queries, maxDistance, ref hits);
            return Sorted(hits);
        }
        finally
        {
            hits.Dispose();
        }
    }

    private static RowHit[] Sorted(RowHits hits) =>
        [.. hits.Span.ToArray().OrderBy(hit => hit.Query).ThenBy(hit => hit.Row)];

    private static HashRows RowsOf(Hash256[] hashes)
    {
        var rows = new HashRows(hashes.Length);
        hashes.CopyTo(rows.Span);
        return rows;
    }

    private static ulong[] AllOf(int count)
    {
        ulong[] members = new ulong[(count + 63) / 64];
        members.AsSpan().Fill(ulong.MaxValue);
        if (count % 64 != 0)
        {
            members[^1] = (1UL << (count % 64)) - 1;
        }

        return members;
    }
}
