using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class OverlayStepsTests
{
    private static readonly Picture Grey = Picture.Filled(300, 200, Colour.Gray(100));

    [Fact]
    public void CaptionOver_OneTenth_CoversTheLowestRowsOnly()
    {
        Picture edited = OverlaySteps.CaptionOver(Grey, 0.1);

        Assert.Equal((300, 200), Sample.Size(edited));
        Assert.Equal(Colour.Gray(100), edited.At(2, 179));
        Assert.Equal(Colour.Black, edited.At(2, 180));
        Assert.Contains((byte)255, edited.Row(190).ToArray());
    }

    [Fact]
    public void CaptionMeme_OneFifth_IsAddedOnTop()
    {
        Picture edited = OverlaySteps.CaptionAbove(Grey, 0.2);

        Assert.Equal((300, 240), Sample.Size(edited));
        Assert.Equal(Colour.White, edited.At(2, 39));
        Assert.Equal(Colour.Gray(100), edited.At(2, 40));
        Assert.Contains((byte)0, edited.Row(20).ToArray());
    }

    [Theory]
    [InlineData("""["sticker", 0.1]""", 0.08, 0.12)]
    [InlineData("""["emoji", 0.05]""", 0.02, 0.06)]
    [InlineData("""["censor"]""", 0.07, 0.08)]
    [InlineData("""["watermark_tile", 0.35]""", 0.05, 0.4)]
    [InlineData("""["watermark_corner"]""", 0.01, 0.1)]
    [InlineData("""["watermark_center", 0.5]""", 0.05, 0.2)]
    public void OverlayStep_GreyPicture_ChangesAboutThatShareOfIt(string step, double least, double most)
    {
        Picture edited = Sample.Run($"[{step}]", Grey);

        double changed = (double)Enumerable.Range(0, 300 * 200)
            .Count(i => edited.At(i % 300, i / 300) != Colour.Gray(100)) / (300 * 200);
        Assert.Equal((300, 200), Sample.Size(edited));
        Assert.InRange(changed, least, most);
    }

    [Fact]
    public void Pixelate_Scene_GetsEightByEightFlatSquares()
    {
        Picture scene = Sample.Scene(320, 320);

        Picture edited = Sample.Run("""[["pixelate", 0.25]]""", scene);

        (int X, int Y)[] changed =
        [
            .. Enumerable.Range(0, 320 * 320).Select(i => (X: i % 320, Y: i / 320))
                .Where(at => edited.At(at.X, at.Y) != scene.At(at.X, at.Y)),
        ];
        var colours = changed.Select(at => edited.At(at.X, at.Y)).ToHashSet();
        Assert.InRange(changed.Max(at => at.X) - changed.Min(at => at.X) + 1, 90, 96);
        Assert.InRange(changed.Max(at => at.Y) - changed.Min(at => at.Y) + 1, 90, 96);
        Assert.InRange(colours.Count, 20, 64);
    }

    [Fact]
    public void BlurStrip_Scene_ChangesThatManyRowsOnly()
    {
        Picture scene = Sample.Scene(200, 100);

        Picture edited = Sample.Run("""[["blur_strip", 0.3]]""", scene);

        int[] changed =
            [.. Enumerable.Range(0, 100).Where(y => !edited.Row(y).SequenceEqual(scene.Row(y)))];
        Assert.InRange(changed.Length, 28, 30);
        Assert.InRange(changed[^1] - changed[0], 27, 29);
    }

    [Fact]
    public void Collage_AnyCell_HoldsThePictureThereAndTheOtherElsewhere()
    {
        Picture places = Sample.Places(60, 40);
        var other = Picture.Filled(30, 30, Colour.Gray(7));
        for (int cell = 0; cell < 4; cell++)
        {
            Picture collage = CompositeSteps.Collage(places, other, 2, 2, cell);

            (int x, int y) = (cell % 2 * 60, cell / 2 * 40);
            Assert.Equal((120, 80), Sample.Size(collage));
            Assert.Equal((0, 0), Sample.Origin(collage, x, y));
            Assert.Equal((59, 39), Sample.Origin(collage, x + 59, y + 39));
            Assert.Equal(Colour.Gray(7), collage.At((x + 60) % 120, y));
            Assert.Equal(Colour.Gray(7), collage.At(x, (y + 40) % 80));
        }

        Assert.Equal((120, 40), Sample.Size(CompositeSteps.Collage(places, other, 2, 1, 1)));
    }

    [Fact]
    public void Inset_AnyCorner_HoldsTheOtherPhotoThere()
    {
        var other = Picture.Filled(100, 100, Colour.Gray(7));

        Picture lowerRight = CompositeSteps.Inset(Picture.Filled(200, 160, Colour.White), other, 0.25, 3);

        Assert.Equal(Colour.Gray(7), lowerRight.At(155, 115));
        Assert.Equal(Colour.Gray(7), lowerRight.At(194, 154));
        Assert.Equal(Colour.White, lowerRight.At(154, 115));
        Assert.Equal(Colour.White, lowerRight.At(195, 154));
    }

    [Fact]
    public void Pip_Half_IsTheWholePictureSmallOnTheOtherPhoto()
    {
        Picture edited = Sample.Run(
            """[["pip", 0.5]]""", Picture.Filled(200, 100, Colour.White), donor: Picture.Filled(50, 80, Colour.Black));

        Assert.Equal((200, 100), Sample.Size(edited));
        Assert.Equal(255 / 4.0, Sample.Mean(edited), 0.01);
    }
}
