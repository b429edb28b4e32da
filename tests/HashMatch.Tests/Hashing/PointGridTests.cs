using System.Runtime.Intrinsics.X86;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

[Trait("Category", "Simd")]
public sealed unsafe class PointGridTests
{
    private const int Seed = 20260103;
    private const int Side = BlurLayout.Side;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 384)]
    [InlineData(384, 1)]
    [InlineData(2, 3)]
    [InlineData(17, 40)]
    [InlineData(384, 288)]
    [InlineData(384, 384)]
    public void Read_EightSideBySide_IsThatOfOneByOne(int width, int height)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This machine, or this run, has no such vectors.");
        var random = new Random(Seed);
        byte[] cells = Cells(width, height);
        random.NextBytes(cells);
        float[] expected = new float[Side];
        float[] actual = new float[Side];
        fixed (byte* start = cells)
        fixed (float* one = expected, eight = actual)
        {
            // Upright and turned, within the picture, across its edges and beyond them.
            for (int round = 0; round < 40; round++)
            {
                var view = new ViewPlacement(
                    Within(random, width),
                    Within(random, height),
                    Within(random, width),
                    round % 3 == 0 ? 0 : Within(random, height),
                    round % 3 == 0 ? 0 : Within(random, width),
                    Within(random, height));
                var grid = new PointGrid(start, width, height, view);
                for (int row = 0; row < Side; row++)
                {
                    grid.Read(row, one);
                    PointGrid256.Read(grid, row, eight);

                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    [Fact]
    public void Read_WhatLiesBehindThePicture_CountsNothing()
    {
        const int Width = 40;
        const int Height = 30;
        byte[] cells = Cells(Width, Height);
        Array.Fill(cells, (byte)200);
        cells.AsSpan(0, Width * Height).Fill(77);
        float[] samples = new float[Side];
        fixed (byte* start = cells)
        fixed (float* result = samples)
        {
            var box = new PixelBox(-5, -5, Width + 10, Height + 10);
            var grid = new PointGrid(start, Width, Height, ViewPlacement.Whole(box));
            for (int row = 0; row < Side; row++)
            {
                grid.Read(row, result);

                Assert.All(samples, sample => Assert.Equal(77, sample));
            }
        }
    }

    [Fact]
    public void Read_EvenSlope_IsTheSlope()
    {
        const int Width = 128;
        byte[] cells = Cells(Width, Width);
        for (int at = 0; at < Width * Width; at++)
        {
            cells[at] = (byte)((at % Width) + (at / Width));
        }

        float[] samples = new float[Side];
        fixed (byte* start = cells)
        fixed (float* result = samples)
        {
            var view = ViewPlacement.Whole(new PixelBox(32, 32, 64, 64));
            var grid = new PointGrid(start, Width, Width, view);
            for (int row = 0; row < Side; row++)
            {
                grid.Read(row, result);

                // One cell a sample; its middle is the corner where four points' means meet.
                Assert.Equal(Enumerable.Range(64 + row, Side).Select(value => (float)value), samples);
            }
        }
    }

    private static byte[] Cells(int width, int height) => new byte[ReducedLuma.Room(width, height)];

    private static long Within(Random random, int side) => random.NextInt64(-side, 2L * side) * ViewPlacement.One / 2;
}
