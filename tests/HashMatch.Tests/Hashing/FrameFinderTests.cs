using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

[Trait("Category", "Simd")]
public sealed class FrameFinderTests
{
    // A cell of the reduced picture, and one more where a side falls within a cell.
    private const int TolerancePerSide = 2;

    private static readonly SyntheticPicture Photo =
        SyntheticPicture.Make(SyntheticKind.Scene, 300, 240, PixelFormat.Rgb24);

    private readonly ReducedLuma _luma = new();
    private readonly FrameFinder _finder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Find_Border_GivesPhotoToThePixel(byte ground)
    {
        FramedPicture picture = FramedPicture.Make(360, 320, ground).With(Photo, 24, 40);

        Find(picture.Pixels, picture.Width, picture.Height);

        Assert.Equal(new PixelBox(24, 40, 300, 240), _finder.Certain);
        Assert.Equal(new PixelBox(24, 40, 300, 240), _finder.Replacement);
        Assert.Equal(new PixelBox(24, 40, 300, 240), _finder.Sure[0]);
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(255, 0)]
    public void Find_Screenshot_GivesPhotoWithinCells(byte ground, byte ink)
    {
        SyntheticPicture photo = SyntheticPicture.Make(SyntheticKind.Scene, 540, 405, PixelFormat.Rgb24);
        FramedPicture picture = FramedPicture.Make(540, 1170, ground)
            .WithBars(16, 20, ink)
            .WithBars(80, 24, ink)
            .With(photo, 0, 126)
            .WithBars(550, 20, ink)
            .WithBars(600, 16, ink)
            .WithBars(1110, 30, ink);

        Find(picture.Pixels, picture.Width, picture.Height);

        AssertNear(new PixelBox(0, 126, 540, 405), _finder.Certain, 1170.0 / ReducedLuma.MaxSide);
    }

    [Fact]
    public void Find_TwoPhotosSideBySide_GivesBoth()
    {
        SyntheticPicture other = SyntheticPicture.Make(SyntheticKind.Scene, 300, 240, PixelFormat.Rgb24, seed: 6);
        FramedPicture picture = FramedPicture.Make(600, 240, 0).With(Photo, 0, 0).With(other, 300, 0);

        Find(picture.Pixels, picture.Width, picture.Height);

        PixelBox[] places = [.. _finder.Sure, .. _finder.Doubtful];
        Assert.Contains(new PixelBox(0, 0, 192, 154), places);
        Assert.Contains(new PixelBox(192, 0, 192, 154), places);
    }

    [Fact]
    public void Find_PhotoOverPhoto_GivesTheInnerOne()
    {
        SyntheticPicture outer = SyntheticPicture.Make(SyntheticKind.Scene, 640, 480, PixelFormat.Rgb24, seed: 9);
        FramedPicture picture = FramedPicture.Make(640, 480, 0).With(outer, 0, 0).With(Photo, 200, 130);

        Find(picture.Pixels, picture.Width, picture.Height);

        AssertNear(new PixelBox(200, 130, 300, 240), _finder.Sure[0], 640.0 / ReducedLuma.MaxSide);
    }

    [Fact]
    public void Find_DrawingInScreenshot_GivesItInThePicturesStead()
    {
        FramedPicture picture = FramedPicture.Make(540, 1170, 0)
            .WithBars(16, 20, 255)
            .WithBars(80, 24, 255)
            .With(Drawing(540, 405), 0, 126)
            .WithBars(550, 20, 255)
            .WithBars(600, 16, 255)
            .WithBars(1110, 30, 255);

        Find(picture.Pixels, picture.Width, picture.Height);

        AssertNear(new PixelBox(0, 126, 540, 405), _finder.Replacement, 1170.0 / ReducedLuma.MaxSide);
    }

    [Fact]
    public void Find_LargePhotoOnAGroundThatFades_IsCertainAndDoesNotStandForThePicture()
    {
        FramedPicture picture = FramedPicture.Make(460, 360, 60, 200)
            .With(SyntheticPicture.Make(SyntheticKind.Scene, 400, 300, PixelFormat.Rgb24, seed: 1), 30, 30);

        Find(picture.Pixels, picture.Width, picture.Height);

        AssertNear(new PixelBox(30, 30, 400, 300), _finder.Certain, 460.0 / ReducedLuma.MaxSide);
        Assert.Null(_finder.Replacement);
    }

    [Fact]
    public void Find_PhotoWithSmoothSky_IsNotReplaced()
    {
        FramedPicture picture = FramedPicture.Make(400, 500, 200)
            .With(SyntheticPicture.Make(SyntheticKind.Scene, 400, 280, PixelFormat.Rgb24), 0, 220)
            .WithRidge(220, 24, 200);

        Find(picture.Pixels, picture.Width, picture.Height);

        Assert.NotEmpty(_finder.Sure);
        Assert.Null(_finder.Replacement);
    }

    [Fact]
    public void Find_PhotoWithoutFrame_IsNeverCertain()
    {
        for (uint seed = 1; seed < 40; seed++)
        {
            SyntheticPicture picture = SyntheticPicture.Make(
                SyntheticKind.Scene, 400, 300, PixelFormat.Rgb24, seed: seed);

            Find(picture.Pixels, picture.Width, picture.Height);

            Assert.Null(_finder.Certain);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(7, 3)]
    [InlineData(5000, 2)]
    [InlineData(384, 384)]
    [InlineData(60, 60)]
    public void Find_AllFlat_GivesNothing(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];

        Find(pixels, width, height);

        Assert.Null(_finder.Certain);
        Assert.Empty(_finder.Sure);
        Assert.Empty(_finder.Doubtful);
    }

    // Thin lines on a light ground: most of it is of one luma.
    private static SyntheticPicture Drawing(int width, int height)
    {
        SyntheticPicture drawing = SyntheticPicture.Make(SyntheticKind.Constant, width, height, PixelFormat.Rgb24);
        byte[] pixels = drawing.Pixels;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double bend = 60 * Math.Sin((x + (2.0 * y)) / 70);
                bool isLine = Math.Abs((y - (height / 2.0) - bend) % 90) < 3 || Math.Abs(x - (width / 3.0) - bend) < 3;
                pixels.AsSpan(((y * width) + x) * 3, 3).Fill((byte)(isLine ? 40 : 225));
            }
        }

        return drawing;
    }

    private static void AssertNear(PixelBox expected, PixelBox? actual, double scale)
    {
        Assert.NotNull(actual);
        double tolerance = TolerancePerSide * scale;
        Assert.InRange(actual.Value.X * scale, expected.X - tolerance, expected.X + tolerance);
        Assert.InRange(actual.Value.Y * scale, expected.Y - tolerance, expected.Y + tolerance);
        Assert.InRange(actual.Value.Right * scale, expected.Right - tolerance, expected.Right + tolerance);
        Assert.InRange(actual.Value.Bottom * scale, expected.Bottom - tolerance, expected.Bottom + tolerance);
    }

    private unsafe void Find(byte[] pixels, int width, int height)
    {
        fixed (byte* start = pixels)
        {
            _luma.Take(start, width, height, width * 3L, PixelFormat.Rgb24);
        }

        _finder.Find(_luma);
    }
}
