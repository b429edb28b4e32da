using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class HashSetsTests
{
    private const int Count = 40_000;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<HashSetKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_ShorterList_IsTheBeginningOfTheLonger(string kind)
    {
        Hash256[] shorter = Sets(kind).Create(5_001);
        Hash256[] longer = Sets(kind).Create(10_000);

        Assert.Equal(shorter, longer[..5_001]);
        Assert.Equal(10_000, longer.Distinct().Count());
        Assert.Empty(Sets(kind).Create(0));
        Assert.Empty(longer.Intersect(Sets(kind).CreateOthers(10_000)));
        Assert.Empty(longer.Intersect(Sets(kind, seed: 2).Create(10_000)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_AnySet_SetsEachBitHalfOfTheTime(string kind)
    {
        Hash256[] hashes = Sets(kind).Create(Count);

        // Five standard deviations around the half, and the scatter of 1,000 centres in half of the hashes of Skew.
        double tolerance = 5 * 0.5 * (Math.Sqrt(1.0 / Count) + (kind == "Uniform" ? 0 : 0.5 * 0.6 / Math.Sqrt(1_000)));
        for (int bit = 0; bit < Hash256.BitCount; bit++)
        {
            double share = hashes.Count(hash => IsSet(hash, bit)) / (double)Count;
            Assert.InRange(share, 0.5 - tolerance, 0.5 + tolerance);
        }
    }

    [Fact]
    public void Create_Uniform_HasHalfOfTheBitsAndNoNearPairs()
    {
        Hash256[] hashes = Sets("Uniform").Create(Count);

        int nearest = Enumerable.Range(1, Count - 1).Min(i => hashes[0].DistanceTo(hashes[i]));
        double mean = Enumerable.Range(1, Count - 1).Average(i => hashes[i].DistanceTo(hashes[i - 1]));
        double square = Enumerable.Range(1, Count - 1)
            .Average(i => Math.Pow(hashes[i].DistanceTo(hashes[i - 1]) - 128, 2));
        Assert.All(hashes, hash => Assert.Equal(128, hash.PopCount));
        Assert.InRange(nearest, 80, 110);
        Assert.InRange(mean, 127.8, 128.2);

        // Of two sets of 128 in 256, 64 are shared with a variance of 128^4 / (256^2 * 255), twice for both sides.
        Assert.InRange(square, 62, 66.5);
    }

    [Fact]
    public void Create_Skew_IsHalfNearAThousandCentres()
    {
        HashSets sets = Sets("Skew");
        Hash256[] hashes = sets.Create(4_000);

        int[] nearest = [.. hashes.Select(hash => Nearest(sets.Centres, hash))];
        int[] clustered = [.. nearest.Where(distance => distance < 80)];
        Assert.Equal(1_000, sets.Centres.Length);
        Assert.InRange(clustered.Length, 1_850, 2_150);
        Assert.InRange(clustered.Average(), 51.2 - 0.8, 51.2 + 0.8);
        Assert.All(nearest.Where(distance => distance >= 80), distance => Assert.InRange(distance, 80, 120));
    }

    [Fact]
    public void Create_Zipf_IsATenthNearCentresOfWhichTheFirstIsHeaviest()
    {
        HashSets sets = Sets("Zipf");
        Hash256[] hashes = sets.Create(4_000);
        Hash256[] more = sets.Create(200_000);

        int[] nearest = [.. hashes.Select(hash => Nearest(sets.Centres, hash))];
        int[] clustered = [.. nearest.Where(distance => distance < 60)];
        int first = more.Count(hash => hash.DistanceTo(sets.Centres[0]) < 60);
        int second = more.Count(hash => hash.DistanceTo(sets.Centres[1]) < 60);
        Assert.InRange(clustered.Length, 310, 490);
        Assert.InRange(clustered.Average(), 25.6 - 1.2, 25.6 + 1.2);

        // 200,000 / 10 / (1 + 1/2 + ... + 1/10,000) = 2,043; half of that for the second.
        Assert.InRange(first, 1_820, 2_270);
        Assert.InRange(second, 860, 1_190);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void CreateQueries_EvenPlaces_AreRegisteredHashesWithFlips(string kind)
    {
        HashSets sets = Sets(kind);
        Hash256[] hashes = sets.Create(2_000);

        Hash256[] queries = sets.CreateQueries(hashes, 3_001);

        int[] flips = [.. queries.Where((_, i) => i % 2 == 0).Select(query => Nearest(hashes, query))];
        Assert.All(flips, count => Assert.InRange(count, 0, HashSets.MaxFlips));
        Assert.Equal(HashSets.MaxFlips + 1, flips.Distinct().Count());
        Assert.InRange(flips.Average(), 14.6, 16.4);
        Assert.Empty(queries.Where((_, i) => i % 2 == 1).Intersect(hashes));
    }

    [Fact]
    public void CreateQueries_NothingRegistered_AreAllNew()
    {
        Hash256[] queries = Sets("Uniform").CreateQueries([], 3);

        Assert.Equal(3, queries.Distinct().Count());
        Assert.All(queries, query => Assert.Equal(128, query.PopCount));
    }

    [Fact]
    public void NextSparse_Share_IsThatOfTheSetBits()
    {
        var random = new RandomBits(1, 1);

        double[] shares = new double[2];
        for (int i = 0; i < 20_000; i++)
        {
            shares[0] += ulong.PopCount(random.NextSparse((1 << 24) / 10)) / 64.0 / 20_000;
            shares[1] += ulong.PopCount(random.NextSparse((1 << 24) / 5)) / 64.0 / 20_000;
        }

        Assert.InRange(shares[0], 0.0985, 0.1015);
        Assert.InRange(shares[1], 0.1980, 0.2020);
        Assert.Equal(0UL, random.NextSparse(0));
    }

    private static HashSets Sets(string kind, int seed = 1) => new(Enum.Parse<HashSetKind>(kind), seed);

    private static bool IsSet(Hash256 hash, int bit) => (hash.GetWord(bit / 64) >> (bit % 64) & 1) != 0;

    private static int Nearest(ReadOnlySpan<Hash256> hashes, Hash256 query)
    {
        int nearest = Hash256.BitCount;
        foreach (Hash256 hash in hashes)
        {
            nearest = Math.Min(nearest, hash.DistanceTo(query));
        }

        return nearest;
    }
}
