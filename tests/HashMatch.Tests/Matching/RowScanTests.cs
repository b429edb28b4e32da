using System.Runtime.Intrinsics.X86;
using HashMatch.Matching;
using HashMatch.Matching.Kernels;

namespace HashMatch.Tests.Matching;

[Trait("Category", "Simd")]
public sealed unsafe class RowScanTests
{
    private delegate ulong Scan(Hash256* rows, in Hash256 query, int maxDistance);

    [Fact]
    public void FindScalar_AnyDistance_FindsWhatTheDistancesSay() => AssertFinds(RowScan.FindScalar);

    [Fact]
    public void FindVector256_AnyDistance_FindsWhatTheDistancesSay()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        AssertFinds(RowScan.FindVector256);
    }

    [Fact]
    public void FindVector512_AnyDistance_FindsWhatTheDistancesSay()
    {
        Assert.SkipUnless(Avx512BW.IsSupported, "This processor, or the run's settings, have no AVX-512.");

        AssertFinds(RowScan.FindVector512);
    }

    [Fact]
    public void Find_AnyDistance_FindsWhatTheDistancesSay() => AssertFinds(RowScan.Find);

    private static void AssertFinds(Scan scan)
    {
        var random = new Random(1);
        for (int round = 0; round < 20; round++)
        {
            Hash256[] hashes = Hashes.Clustered(RowScan.Rows, random);
            fixed (Hash256* rows = hashes)
            {
                foreach (Hash256 query in (Hash256[])[default, Hashes.Random(random), .. hashes.Take(3)])
                {
                    foreach (int maxDistance in (int[])[0, 1, 15, 30, 31, 32, 63, 64, 100, 127, 128, 255, 256])
                    {
                        ulong expected = 0;
                        for (int row = 0; row < RowScan.Rows; row++)
                        {
                            expected |= hashes[row].DistanceTo(query) <= maxDistance ? 1UL << row : 0;
                        }

                        ulong found = scan(rows, query, maxDistance);

                        Assert.Equal(expected, found);
                    }
                }
            }
        }
    }
}
