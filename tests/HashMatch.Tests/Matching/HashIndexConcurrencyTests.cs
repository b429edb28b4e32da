using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class HashIndexConcurrencyTests
{
    private const int Stable = 5_000;
    private const int Passing = 5_000;

    [Fact]
    public async Task Search_WhileOthersAddAndRemove_FindsWhatStaysAndNothingThatIsGone()
    {
        // The ids up to Stable stay; those behind come and go, each with its own hash throughout.
        var random = new Random(11);
        Hash256[] hashes = [.. Enumerable.Range(0, Stable + Passing).Select(_ => Hashes.Random(random))];
        var index = new HashIndex();
        ulong[] ids = [.. Enumerable.Range(0, Stable).Select(i => (ulong)i)];
        index.AddRange(hashes.AsSpan(0, Stable), ids);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        // Not with the token of the end, which on a busy machine may come before the first of them starts.
        CancellationToken test = TestContext.Current.CancellationToken;
        Task[] writers = [.. Enumerable.Range(0, 2).Select(writer => Task.Run(() => Write(writer), test))];
        Task<int>[] searches = [.. Enumerable.Range(0, 2).Select(seed => Task.Run(() => SearchAll(seed), test))];
        await Task.WhenAll(writers);
        int[] rounds = await Task.WhenAll(searches);

        Assert.All(rounds, count => Assert.True(count > 0));

        // Each writer has half of the passing ids to itself, so it knows which of them are there.
        void Write(int writer)
        {
            var choice = new Random(writer);
            HashSet<ulong> present = [];
            List<IndexMatch> matches = [];
            while (!end.IsCancellationRequested)
            {
                int i = Stable + writer + (2 * choice.Next(Passing / 2));
                ulong id = (ulong)i;
                bool there = present.Contains(id);
                Assert.Equal(there, index.Contains(id));
                Assert.True(there ? index.Remove(id) : index.Add(hashes[i], id));
                Assert.True(there ? present.Remove(id) : present.Add(id));

                matches.Clear();
                index.Search(hashes[i], 0, matches);
                Assert.Equal(!there, matches.Contains(new IndexMatch(id, 0)));
            }
        }

        int SearchAll(int seed)
        {
            var choice = new Random(seed);
            List<IndexMatch> matches = [];
            int count = 0;
            do
            {
                Hash256 query = hashes[choice.Next(hashes.Length)];
                matches.Clear();
                index.Search(query, 256, matches);

                Assert.Equal(matches.Count, matches.Select(match => match.Id).Distinct().Count());
                Assert.Equal(Stable, matches.Count(match => match.Id < Stable));
                Assert.All(matches, match => Assert.Equal(hashes[match.Id].DistanceTo(query), match.Distance));
                count++;
            }
            while (!end.IsCancellationRequested);
            return count;
        }
    }

    [Fact]
    public async Task Remove_WhileOthersSearch_IsSeenByEverySearchThatBeginsLater()
    {
        const int Entries = 6_000;
        var random = new Random(12);
        Hash256[] hashes = [.. Enumerable.Range(0, Entries).Select(_ => Hashes.Random(random))];
        var index = new HashIndex();
        index.AddRange(hashes, [.. Enumerable.Range(0, Entries).Select(i => (ulong)i)]);
        int[] order = [.. Enumerable.Range(0, Entries)];
        random.Shuffle(order);
        int returned = 0;

        Task remover = Task.Run(
            () =>
            {
                foreach (int i in order)
                {
                    Assert.True(index.Remove((ulong)i));
                    Volatile.Write(ref returned, returned + 1);
                }
            },
            TestContext.Current.CancellationToken);
        List<IndexMatch> matches = [];
        do
        {
            int before = Volatile.Read(ref returned);
            matches.Clear();
            index.Search(hashes[0], 256, matches);
            int after = Volatile.Read(ref returned);

            // The removals happen in one known order, so the search must have seen the index after some number of them.
            int seen = Entries - matches.Count;
            Assert.InRange(seen, before, after + 1);
            Assert.Equal(order[seen..].Order(), matches.Select(match => (int)match.Id).Order());
        }
        while (matches.Count > 0 && !remover.IsFaulted);
        await remover;

        Assert.Equal(0, index.Count);
    }

    [Fact]
    public async Task AddRange_WhileOthersSearch_IsSeenWholeOrNotAtAll()
    {
        const int RangeLength = 700;
        var index = new HashIndex();
        var hashes = new Hash256[RangeLength];
        Task adder = Task.Run(
            () =>
            {
                for (int range = 0; range < 30; range++)
                {
                    int first = range * RangeLength;
                    index.AddRange(hashes, [.. Enumerable.Range(first, RangeLength).Select(i => (ulong)i)]);
                }
            },
            TestContext.Current.CancellationToken);

        List<IndexMatch> matches = [];
        do
        {
            matches.Clear();
            index.Search(default, 0, matches);
            Assert.Equal(0, matches.Count % RangeLength);
        }
        while (matches.Count < 30 * RangeLength && !adder.IsFaulted);
        await adder;

        Assert.Equal(30 * RangeLength, index.Count);
    }
}
