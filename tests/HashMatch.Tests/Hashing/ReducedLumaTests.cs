using System.Runtime.Intrinsics.X86;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

[Trait("Category", "Simd")]
public sealed unsafe class ReducedLumaTests
{
    private const int Seed = 20260102;

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(384)]
    [InlineData(1001)]
    public void Mean_EightSideBySide_IsThatOfOneByOne(int width)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This machine, or this run, has no such vectors.");
        var random = new Random(Seed);
        byte[] pixels = new byte[20000];
        int[] columns = new int[2 * width];
        byte[] expected = new byte[width];
        byte[] actual = new byte[width];
        byte** rows = stackalloc byte*[2];
        fixed (byte* start = pixels, one = expected, eight = actual)
        fixed (int* offsets = columns)
        {
            // Each format with one and two picks in each direction, first of random, then of opaque pixels.
            for (int round = 0; round < 32; round++)
            {
                random.NextBytes(pixels);
                for (int at = 3; round >= 16 && at < pixels.Length; at += 4)
                {
                    pixels[at] = 255;
                }

                for (int k = 0; k < columns.Length; k++)
                {
                    columns[k] = 4 * random.Next(2400);
                }

                var format = (PixelFormat)(round & 3);
                var picks = new CellPicks(offsets, width, 1 + ((round >> 2) & 1), 1 + ((round >> 3) & 1), format);
                rows[0] = start;
                rows[1] = start + 10000;

                picks.Mean(rows, one);
                CellPicks256.Mean(picks, rows, eight);

                Assert.Equal(expected, actual);
            }
        }
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Rgba32)]
    [InlineData(PixelFormat.Bgra32)]
    public void Take_SmallGrey_IsEachPixel(PixelFormat format)
    {
        const int Width = 117;
        const int Height = 5;
        int pixelBytes = SyntheticPicture.BytesPerPixel(format);
        byte[] expected = new byte[Width * Height];
        new Random(Seed).NextBytes(expected);
        byte[] pixels = new byte[Width * Height * pixelBytes];
        for (int at = 0; at < pixels.Length; at++)
        {
            pixels[at] = at % pixelBytes == 3 ? (byte)255 : expected[at / pixelBytes];
        }

        var luma = new ReducedLuma();
        fixed (byte* start = pixels)
        {
            luma.Take(start, Width, Height, Width * pixelBytes, format);
        }

        Assert.Equal(expected, luma.Cells[..expected.Length]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(2, 2)]
    [InlineData(33, 7)]
    [InlineData(64, 64)]
    [InlineData(383, 384)]
    public void Take_AnySize_HalvesToRoundedMeansOfFour(int width, int height)
    {
        byte[] pixels = new byte[width * height];
        new Random(Seed).NextBytes(pixels);
        var luma = new ReducedLuma();

        fixed (byte* start = pixels)
        {
            luma.Take(start, width, height, width, PixelFormat.Gray8);
        }

        Assert.Equal((Math.Max(1, width / 2), Math.Max(1, height / 2)), (luma.HalfWidth, luma.HalfHeight));
        for (int y = 0; y < luma.HalfHeight; y++)
        {
            for (int x = 0; x < luma.HalfWidth; x++)
            {
                int right = Math.Min((2 * x) + 1, width - 1);
                int below = Math.Min((2 * y) + 1, height - 1) * width;
                int above = 2 * y * width;
                int sum = pixels[above + (2 * x)] + pixels[above + right]
                    + pixels[below + (2 * x)] + pixels[below + right];

                Assert.Equal((sum + 2) / 4, luma.HalfCells[(y * luma.HalfWidth) + x]);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(384, 2)]
    [InlineData(391, 1)]
    [InlineData(700, 500)]
    public void Take_PixelsAtTheEndOfMemory_ReadsNothingBehind(int width, int height)
    {
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
        {
            SyntheticPicture picture = SyntheticPicture.Make(SyntheticKind.Noise, width, height, format);
            using var guarded = new GuardedPixels(picture.Pixels);
            var luma = new ReducedLuma();

            luma.Take(guarded.Pixels, width, height, picture.Stride, format);

            if (format == PixelFormat.Gray8 && luma.Width == width)
            {
                Assert.Equal(picture.Pixels, luma.Cells[..(width * height)]);
            }
        }
    }
}
