using System.Runtime.Intrinsics.X86;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

[Trait("Category", "Simd")]
public sealed unsafe class SeamMapTests
{
    private const int Seed = 20260104;
    private const int Margin = 3;

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1001)]
    public void Count_SixteenSideBySide_IsThatOfOneByOne(int length)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This machine, or this run, has no such vectors.");
        var random = new Random(Seed);
        int width = length + (2 * Margin);
        byte[] cells = new byte[width * ((2 * Margin) + 1)];
        short[] above = new short[length];
        short[] along = new short[length + 1];
        short[] down = new short[length];
        int seams = 0;
        for (int round = 0; round < 200; round++)
        {
            Fill(cells, random, round);
            for (int k = 0; k < length; k++)
            {
                above[k] = (short)random.Next(384);
            }

            fixed (byte* start = cells)
            fixed (short* before = above, sums = along, counts = down)
            {
                byte* cell = start + (Margin * width) + Margin;
                Seams256.CountAlong(cell, width, length, sums);
                Seams256.CountDown(cell, length, before, counts);

                int sum = 0;
                for (int k = 0; k < length; k++)
                {
                    sum += SeamMap.IsSeam(cell + k, width) ? 1 : 0;
                    Assert.Equal(sum, along[k + 1]);
                    Assert.Equal(above[k] + (SeamMap.IsSeam(cell + k, 1) ? 1 : 0), down[k]);
                }

                seams += sum;
            }
        }

        // Neither all nor none, so that both answers were compared.
        Assert.InRange(seams, length, 199 * length);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(8, 50)]
    [InlineData(22, 21)]
    [InlineData(60, 48)]
    [InlineData(384, 100)]
    public void Find_AnySize_CountsAwayFromTheEdges(int width, int height)
    {
        byte[] cells = new byte[width * height];
        Fill(cells, new Random(Seed), 1);
        var luma = new ReducedLuma();
        fixed (byte* start = cells)
        {
            luma.Take(start, width, height, width, PixelFormat.Gray8);
        }

        var rows = new SeamMap();
        var columns = new SeamMap();
        rows.Find(luma, isHorizontal: true);
        columns.Find(luma, isHorizontal: false);

        fixed (byte* start = luma.Cells)
        {
            for (int line = 0; line < height; line++)
            {
                bool isInner = line >= Margin && line < height - Margin;
                int count = 0;
                for (int k = 0; k < width; k++)
                {
                    int before = count;
                    count += isInner && SeamMap.IsSeam(start + (line * width) + k, width) ? 1 : 0;
                    Assert.Equal(count - before, rows.Count(line, k, k + 1));
                }

                Assert.Equal(count, rows.Count(line));
            }

            for (int line = 0; line < width; line++)
            {
                bool isInner = line >= Margin && line < width - Margin;
                int count = 0;
                for (int k = 0; k < height; k++)
                {
                    count += isInner && SeamMap.IsSeam(start + (k * width) + line, 1) ? 1 : 0;
                    Assert.Equal(count, columns.Count(line, 0, k + 1));
                }

                Assert.Equal(count, columns.Count(line));
            }
        }
    }

    // All ranges of steps, from those that hardly are seams to the greatest there are.
    private static void Fill(byte[] cells, Random random, int round)
    {
        int range = (round % 4) switch { 0 => 8, 1 => 24, 2 => 90, _ => 256 };
        for (int k = 0; k < cells.Length; k++)
        {
            cells[k] = (byte)(random.Next(range) + (round % 8 >= 4 ? 0 : 256 - range));
        }
    }
}
