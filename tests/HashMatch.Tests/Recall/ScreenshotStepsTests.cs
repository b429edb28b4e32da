using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class ScreenshotStepsTests
{
    private static readonly Colour Photo = new(200, 40, 90);

    [Theory]
    [InlineData("light", 255)]
    [InlineData("dark", 0)]
    public void Phone_WidePicture_FillsTheWidthBelowTheHeader(string mode, byte ground)
    {
        Picture screen = Sample.Run($"""[["phone", "{mode}"]]""", Picture.Filled(270, 100, Photo));

        Assert.Equal((540, 1170), Sample.Size(screen));
        Assert.Equal(Colour.Gray(ground), screen.At(2, 125));
        Assert.Equal(Photo, screen.At(0, 126));
        Assert.Equal(Photo, screen.At(539, 325));
        Assert.Equal(Colour.Gray(ground), screen.At(539, 326));
    }

    [Fact]
    public void Phone_TallPicture_IsCutToItsMiddle()
    {
        Picture screen = ScreenshotSteps.Phone(Sample.Places(60, 240), isDark: true);

        Assert.Equal(73, screen.At(270, 126).Green, 2.0);
        Assert.Equal(166, screen.At(270, 126 + 841).Green, 2.0);
    }

    [Fact]
    public void PhoneCrop_Picture_KeepsAStripOfTheScreenAboveAndBelow()
    {
        Picture cut = Sample.Run("""[["phone_crop", 0.03]]""", Picture.Filled(270, 135, Photo));

        Assert.Equal((540, 270 + 70), Sample.Size(cut));
        Assert.NotEqual(Photo, cut.At(300, 34));
        Assert.Equal(Photo, cut.At(300, 35));
        Assert.Equal(Photo, cut.At(300, 304));
        Assert.NotEqual(Photo, cut.At(300, 305));
    }

    [Fact]
    public void Gallery_Picture_IsInTheMiddleOfABlackScreen()
    {
        Picture screen = Sample.Run("""[["gallery"]]""", Picture.Filled(270, 270, Photo));

        Assert.Equal((540, 1170), Sample.Size(screen));
        Assert.Equal(Colour.Black, screen.At(270, 314));
        Assert.Equal(Photo, screen.At(270, 315));
        Assert.Equal(Photo, screen.At(270, 854));
        Assert.Equal(Colour.Black, screen.At(270, 855));
    }

    [Fact]
    public void Desktop_Picture_IsAtTheLeftOfTheWindow()
    {
        Picture screen = Sample.Run("""[["desktop"]]""", Picture.Filled(200, 100, Photo));

        Assert.Equal((1280, 800), Sample.Size(screen));
        Assert.Equal(Photo, screen.At(90, 110));
        Assert.Equal(Photo, screen.At(889, 509));
        Assert.Equal(Colour.Gray(245), screen.At(89, 300));
        Assert.Equal(new Colour(60, 90, 130), screen.At(10, 10));
    }

    [Fact]
    public void Lettering_EachCharacterOfTheSteps_HasAShapeOfItsOwn()
    {
        const string Used = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:!@#";

        string[] shapes = [.. Used.Select(Shape)];

        Assert.Equal(Used.Length, shapes.Distinct().Count());
        Assert.DoesNotContain(Shape(' '), shapes);
    }

    private static string Shape(char character)
    {
        var picture = new Picture(5, 7);
        Lettering.Write(picture, character.ToString(), 0, 0, 7, Colour.White);
        return Convert.ToHexString(picture.Pixels);
    }
}
