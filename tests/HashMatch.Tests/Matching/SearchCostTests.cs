using System.Numerics;
using HashMatch.Matching;
using HashMatch.Matching.Multi;

namespace HashMatch.Tests.Matching;

public sealed class SearchCostTests
{
    private static readonly int[] Counts = [0, 1, 1_000, 30_000, 1_000_000, 10_000_000, 1 << 30];

    [Theory]
    [InlineData(16, 0, 1)]
    [InlineData(16, 15, 16)]
    [InlineData(16, 16, 16 + 16)]
    [InlineData(16, 31, 16 * 17)]
    [InlineData(10, 31, 16 * 11)]
    [InlineData(16, 47, 16 * 137)]
    [InlineData(16, 63, 16 * 697)]
    public void Runs_KnownDistances_AreTheBallsOfAllParts(int keyBits, int maxDistance, int expected) =>
        Assert.Equal(expected, SearchCost.Runs(keyBits, maxDistance));

    [Theory]
    [InlineData(31)]
    [InlineData(40)]
    [InlineData(63)]
    public void Candidates_RandomRows_AreAsManyAsExpected(int maxDistance)
    {
        // A key of 8 bits lets enough rows pass for their number to be near what is expected.
        const int KeyBits = 8;
        Hash256[] hashes = new HashSets(HashSetKind.Uniform).Create(100_000);
        Hash256 query = Hashes.Random(new Random(1));
        int candidates = 0;
        foreach (Hash256 hash in hashes)
        {
            for (int part = 0; part < MultiIndex.Parts; part++)
            {
                int next = (part + 1) % MultiIndex.Parts;
                int share = MultiIndex.Share(maxDistance, part);
                int own = BitOperations.PopCount(PartOf(hash, query, part) & ((1U << KeyBits) - 1));
                int check = BitOperations.PopCount(PartOf(hash, query, next) & CheckWord.Compared);
                candidates += own < share && own + check < share + MultiIndex.Share(maxDistance, next) ? 1 : 0;
            }
        }

        double expected = hashes.Length * SearchCost.Candidates(KeyBits, maxDistance);

        Assert.InRange(candidates, 0.9 * expected, 1.1 * expected);
    }

    [Fact]
    public void Estimate_MoreRowsOrGreaterDistance_CostsMore()
    {
        for (int maxDistance = 0; maxDistance <= MultiIndex.MaxDistance; maxDistance++)
        {
            double[] costs = [.. Counts.Select(count => MultiIndex.EstimateCost(count, maxDistance, batch: 1))];

            Assert.All(costs, cost => Assert.True(cost > 0 && double.IsFinite(cost)));
            Assert.Equal(costs.Order(), costs);
            if (maxDistance > 0)
            {
                double[] nearer = [.. Counts.Select(count => MultiIndex.EstimateCost(count, maxDistance - 1, 1))];
                Assert.All(Counts.Index(), count => Assert.True(costs[count.Index] > nearer[count.Index]));
            }
        }
    }

    [Fact]
    public void Estimate_OneQueryOfABatch_CostsLessThanOneAlone() =>
        Assert.True(MultiIndex.EstimateCost(1_000_000, 31, 256) < MultiIndex.EstimateCost(1_000_000, 31, 1));

    private static uint PartOf(Hash256 a, Hash256 b, int part) =>
        (uint)((a.GetWord(part / 4) ^ b.GetWord(part / 4)) >> (16 * (part % 4))) & 0xFFFF;
}
