using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class SizeAndBorderStepsTests
{
    [Theory]
    [InlineData("""["scale", 0.5]""", 100, 50)]
    [InlineData("""["scale", 2]""", 400, 200)]
    [InlineData("""["fit", 128]""", 128, 64)]
    [InlineData("""["stretch", 1.25, 1]""", 250, 100)]
    public void SizeStep_Picture_HasThatSizeAndTheSameMean(string step, int width, int height)
    {
        Picture scene = Sample.Scene(200, 100);

        Picture resized = Sample.Run($"[{step}]", scene);

        Assert.Equal((width, height), Sample.Size(resized));
        Assert.Equal(Sample.Mean(scene), Sample.Mean(resized), 1.0);
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(400, 300)]
    public void Resize_OneColour_StaysThatColour(int width, int height)
    {
        var colour = new Colour(17, 130, 251);

        Picture resized = Resampling.Resize(Picture.Filled(61, 47, colour), width, height);

        Assert.Equal((width, height), Sample.Size(resized));
        Assert.Equal(colour, resized.At(0, 0));
        Assert.Equal(colour, resized.At(width - 1, height - 1));
    }

    [Fact]
    public void Resize_ToHalf_WeighsNeighboursByATriangle()
    {
        // Columns of 0, 0, 80, 0, 0, ...: the new column 1 has its centre at 3, and reaches from 1 to 5. Column 0
        // has less to the left of its centre at 1: its weights of 6, 6 and 2 eighths are brought up to one.
        var picture = new Picture(8, 1);
        picture.Row(0)[6..9].Fill(80);

        Picture half = Resampling.Resize(picture, 4, 1);

        Assert.Equal([11, 30, 0, 0], [half.At(0, 0).Red, half.At(1, 0).Red, half.At(2, 0).Red, half.At(3, 0).Red]);
    }

    [Theory]
    [InlineData("""["border", "white", 0.1]""", 220, 120, 10, 10, 255)]
    [InlineData("""["border", "black", 0.2]""", 240, 140, 20, 20, 0)]
    [InlineData("""["pad", "black", 0, 0.1]""", 200, 120, 0, 10, 0)]
    [InlineData("""["pad", "black", 0.2, 0]""", 280, 100, 40, 0, 0)]
    [InlineData("""["pad_aspect", "white", 1, 1]""", 200, 200, 0, 50, 255)]
    [InlineData("""["pad_aspect", "black", 9, 16]""", 200, 355, 0, 127, 0)]
    public void BorderStep_Picture_LiesWholeOnItsGround(
        string step, int width, int height, int left, int top, byte ground)
    {
        Picture bordered = Sample.Run($"[{step}]", Sample.Places(200, 100));

        Assert.Equal((width, height), Sample.Size(bordered));
        Assert.Equal((0, 0), Sample.Origin(bordered, left, top));
        Assert.Equal((199, 99), Sample.Origin(bordered, left + 199, top + 99));
        Assert.Equal(Colour.Gray(ground), bordered.At(width - 1, top > 0 ? 0 : height - 1 - top));
    }

    [Fact]
    public void PadAspect_Blur_ShowsTheDarkenedPictureAroundIt()
    {
        Picture padded = Sample.Run("""[["pad_aspect", "blur", 9, 16]]""", Picture.Filled(90, 90, Colour.Gray(200)));

        Assert.Equal((90, 160), Sample.Size(padded));
        Assert.Equal(Colour.Gray(160), padded.At(45, 5));
        Assert.Equal(Colour.Gray(200), padded.At(45, 80));
    }

    [Fact]
    public void Polaroid_Picture_HasABroadLowerEdgeWithSomethingWritten()
    {
        Picture print = Sample.Run("""[["polaroid"]]""", Picture.Filled(160, 96, Colour.Gray(10)));

        Assert.Equal((180, 146), Sample.Size(print));
        Assert.Equal(new Colour(250, 249, 245), print.At(5, 5));
        Assert.Equal(Colour.Gray(10), print.At(10, 10));
        Assert.Contains(Enumerable.Range(0, 180), x => print.At(x, 118).Red == 60);
    }
}
