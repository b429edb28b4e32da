using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching;
using HashMatch.Matching.Kernels;

namespace HashMatch.Tests.Matching;

[Trait("Category", "Simd")]
public sealed unsafe class BitSlicedScanTests
{
    private delegate void Transpose(Hash256* rows, ulong* planes, int prefix);

    private delegate void Count(ulong* planes, int prefix, ulong* counts);

    private delegate bool Find(ulong* planes, ulong* counts, PlaneQuery* query, ulong* near);

    private static readonly int[] Distances = [0, 1, 15, 30, 31, 32, 45, 63, 64, 100, 127, 128, 200, 255];

    [Fact]
    public void TransposeLane64_ClusteredRows_GivesEveryBitItsPlace() =>
        AssertTransposes(BitSlicedScan.Transpose<Lane64>);

    [Fact]
    public void TransposeLane256_ClusteredRows_GivesEveryBitItsPlace()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        AssertTransposes(BitSlicedScan.Transpose<Lane256>);
    }

    [Fact]
    public void TransposeLane512_ClusteredRows_GivesEveryBitItsPlace()
    {
        Assert.SkipUnless(Avx512F.IsSupported, "This processor, or the run's settings, have no AVX-512.");

        AssertTransposes(BitSlicedScan.Transpose<Lane512>);
    }

    [Fact]
    public void Transpose_ClusteredRows_GivesEveryBitItsPlace() => AssertTransposes(BitSlicedScan.Transpose);

    [Fact]
    public void CountLane64_AnyPrefix_IsThePopulationCount() => AssertCounts(BitSlicedScan.Count<Lane64>);

    [Fact]
    public void CountLane256_AnyPrefix_IsThePopulationCount()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        AssertCounts(BitSlicedScan.Count<Lane256>);
    }

    [Fact]
    public void CountLane512_AnyPrefix_IsThePopulationCount()
    {
        Assert.SkipUnless(Avx512F.IsSupported, "This processor, or the run's settings, have no AVX-512.");

        AssertCounts(BitSlicedScan.Count<Lane512>);
    }

    [Fact]
    public void Count_AnyPrefix_IsThePopulationCount() => AssertCounts(BitSlicedScan.Count);

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void FindLane64_AnyDistance_FindsWhatThePrefixSays(int prefix) =>
        AssertFinds(BitSlicedScan.Find<Lane64>, prefix);

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void FindLane256_AnyDistance_FindsWhatThePrefixSays(int prefix)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        AssertFinds(BitSlicedScan.Find<Lane256>, prefix);
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void FindLane512_AnyDistance_FindsWhatThePrefixSays(int prefix)
    {
        Assert.SkipUnless(Avx512F.IsSupported, "This processor, or the run's settings, have no AVX-512.");

        AssertFinds(BitSlicedScan.Find<Lane512>, prefix);
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Find_AnyDistance_FindsWhatThePrefixSays(int prefix) => AssertFinds(BitSlicedScan.Find, prefix);

    // Whole words and halves of them, up to the longest.
    public static TheoryData<int> Prefixes => [16, 64, 96, 112, 128, 144, 176, 192, 208, PlaneBlock.MaxPrefix];

    private static void AssertTransposes(Transpose transpose)
    {
        Hash256[] hashes = Hashes.Clustered(PlaneBlock.Rows, new Random(1));
        Run((rows, planes, _, _) => transpose(rows, planes, Hash256.BitCount), hashes, AssertPlanes);

        void AssertPlanes(ulong* planes, ulong* counts, ulong* near)
        {
            for (int row = 0; row < PlaneBlock.Rows; row++)
            {
                for (int bit = 0; bit < Hash256.BitCount; bit++)
                {
                    ulong word = planes[(bit * PlaneBlock.WordsPerPlane) + (row % PlaneBlock.WordsPerPlane)];
                    Assert.Equal(
                        (hashes[row].GetWord(bit / 64) >> (bit % 64)) & 1,
                        (word >> (row / PlaneBlock.WordsPerPlane)) & 1);
                }
            }
        }
    }

    private static void AssertCounts(Count count)
    {
        // All zeros and all ones as well, whose counts are the least and the greatest.
        Hash256[] hashes = [default, new(~0UL, ~0UL, ~0UL, ~0UL), .. Hashes.Clustered(510, new Random(2))];
        foreach (int prefix in (int[])[16, 112, 176, PlaneBlock.MaxPrefix])
        {
            Run(
                (rows, planes, counts, _) =>
                {
                    BitSlicedScan.Transpose<Lane64>(rows, planes, prefix);
                    count(planes, prefix, counts);
                },
                hashes,
                (_, counts, _) =>
                {
                    for (int row = 0; row < PlaneBlock.Rows; row++)
                    {
                        int sum = 0;
                        for (int bit = 0; bit < PlaneBlock.PlanesPerCount; bit++)
                        {
                            ulong word = counts[(bit * PlaneBlock.WordsPerPlane) + (row % PlaneBlock.WordsPerPlane)];
                            sum += (int)((word >> (row / PlaneBlock.WordsPerPlane)) & 1) << bit;
                        }

                        Assert.Equal(Distance(hashes[row], default, prefix), sum);
                    }
                });
        }
    }

    private static void AssertFinds(Find find, int prefix)
    {
        var random = new Random(prefix);
        Hash256[] hashes = [default, new(~0UL, ~0UL, ~0UL, ~0UL), .. Hashes.Clustered(510, random)];
        Hash256[] queries = [default, hashes[1], Hashes.Random(random), .. hashes.Skip(2).Take(6)];
        foreach (Hash256 query in queries)
        {
            foreach (int maxDistance in Distances)
            {
                Run(
                    (rows, planes, counts, near) =>
                    {
                        BitSlicedScan.Transpose<Lane64>(rows, planes, prefix);
                        BitSlicedScan.Count<Lane64>(planes, prefix, counts);
                        PlaneQuery prepared = default;
                        prepared.Set(query, prefix, maxDistance);
                        bool any = find(planes, counts, &prepared, near);
                        Assert.Equal(Rows(near).Any(), any);
                    },
                    hashes,
                    (_, _, near) => Assert.Equal(
                        Enumerable.Range(0, PlaneBlock.Rows)
                            .Where(row => Distance(hashes[row], query, prefix) <= maxDistance),
                        Rows(near)));
            }
        }
    }

    private static IEnumerable<int> Rows(ulong* near)
    {
        List<int> rows = [];
        for (int word = 0; word < PlaneBlock.WordsPerPlane; word++)
        {
            for (ulong left = near[word]; left != 0; left &= left - 1)
            {
                rows.Add(PlaneBlock.RowAt(word, BitOperations.TrailingZeroCount(left)));
            }
        }

        return rows.Order();
    }

    private static int Distance(Hash256 first, Hash256 second, int prefix)
    {
        int distance = 0;
        for (int bit = 0; bit < prefix; bit++)
        {
            distance += (int)(((first.GetWord(bit / 64) ^ second.GetWord(bit / 64)) >> (bit % 64)) & 1);
        }

        return distance;
    }

    private static void Run(Work work, Hash256[] hashes, Check check)
    {
        var planes = (ulong*)NativeMemory.AlignedAlloc((nuint)(PlaneBlock.WordsFor(1) * sizeof(ulong)), 64);
        try
        {
            ulong* near = stackalloc ulong[PlaneBlock.WordsPerPlane];
            ulong* counts = planes + (PlaneBlock.FirstCount * PlaneBlock.WordsPerPlane);
            fixed (Hash256* rows = hashes)
            {
                work(rows, planes, counts, near);
            }

            check(planes, counts, near);
        }
        finally
        {
            NativeMemory.AlignedFree(planes);
        }
    }

    private delegate void Work(Hash256* rows, ulong* planes, ulong* counts, ulong* near);

    private delegate void Check(ulong* planes, ulong* counts, ulong* near);
}
