using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching;
using HashMatch.Matching.Kernels;

namespace HashMatch.Tests.Matching;

[Trait("Category", "Simd")]
public sealed class RangeScanTests
{
    private delegate int Scan(ReadOnlySpan<ulong> words, int count, Hash256 query, int maxDistance, Span<int> rows);

    // Up to past two vectors of 256 bits, then a length that is no multiple of anything.
    public static TheoryData<int> Lengths => [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 1001, RowBlock.Capacity];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void FindScalar_AnyLength_FindsWhatTheDistancesSay(int length) =>
        AssertFinds(RangeScan.FindScalar, length);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void FindVector256_AnyLength_FindsWhatTheDistancesSay(int length)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        AssertFinds(RangeScan.FindVector256, length);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Find_AnyLength_FindsWhatTheDistancesSay(int length) => AssertFinds(RangeScan.Find, length);

    [Fact]
    public void FindVector256_EachWordAndLane_CountsAllItsBits()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        for (int bit = 0; bit < Hash256.BitCount; bit++)
        {
            var block = new RowBlock();
            int lane = bit % Vector256<ulong>.Count;
            ulong one = 1UL << (bit % 64);
            int word = bit / 64;
            var hash = new Hash256(
                word == 0 ? one : 0, word == 1 ? one : 0, word == 2 ? one : 0, word == 3 ? one : 0);
            block.Write(lane, hash, 0);
            int[] rows = new int[RowBlock.Capacity];

            int found = RangeScan.FindVector256(block.Words, Vector256<ulong>.Count, default, 0, rows);

            Assert.Equal(Enumerable.Range(0, Vector256<ulong>.Count).Where(row => row != lane), rows[..found]);
        }
    }

    private static void AssertFinds(Scan scan, int length)
    {
        var random = new Random(length);
        Hash256[] hashes = Hashes.Clustered(length, random);
        var block = new RowBlock();
        for (int i = 0; i < RowBlock.Capacity; i++)
        {
            // What lies behind the length equals the query, so a scan that runs too far is seen.
            block.Write(i, i < length ? hashes[i] : default, 0);
        }

        int[] rows = new int[RowBlock.Capacity];
        Hash256[] queries = [default, Hashes.Random(random), .. hashes.Take(3)];
        foreach (Hash256 query in queries)
        {
            foreach (int maxDistance in (int[])[0, 1, 15, 30, 31, 32, 45, 63, 64, 100, 127, 128, 255, 256])
            {
                IEnumerable<int> expected =
                    Enumerable.Range(0, length).Where(i => hashes[i].DistanceTo(query) <= maxDistance);

                int found = scan(block.Words, length, query, maxDistance, rows);

                Assert.Equal(expected, rows[..found]);
            }
        }
    }
}
