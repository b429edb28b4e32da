using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class CropStepsTests
{
    [Fact]
    public void CropCentre_OneTenth_LeavesATwentiethAwayOnEachSide()
    {
        Picture cropped = Sample.Run("""[["crop_center", 0.1]]""", Sample.Places(200, 100));

        Assert.Equal((180, 90), Sample.Size(cropped));
        Assert.Equal((10, 5), Sample.Origin(cropped, 0, 0));
        Assert.Equal((189, 94), Sample.Origin(cropped, 179, 89));
    }

    [Theory]
    [InlineData(0, 160, 100, 40, 0)]
    [InlineData(1, 160, 100, 0, 0)]
    [InlineData(2, 200, 80, 0, 20)]
    [InlineData(3, 200, 80, 0, 0)]
    public void CropSide_OneFifth_IsAwayOnThatSideOnly(int side, int width, int height, int x, int y)
    {
        Picture cropped = CropSteps.Side(Sample.Places(200, 100), 0.2, side);

        Assert.Equal((width, height), Sample.Size(cropped));
        Assert.Equal((x, y), Sample.Origin(cropped, 0, 0));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 20, 0)]
    [InlineData(2, 0, 10)]
    [InlineData(3, 20, 10)]
    public void CropCorner_OneTenth_IsAwayOnTwoSides(int corner, int x, int y)
    {
        Picture cropped = CropSteps.Corner(Sample.Places(200, 100), 0.1, corner);

        Assert.Equal((180, 90), Sample.Size(cropped));
        Assert.Equal((x, y), Sample.Origin(cropped, 0, 0));
    }

    [Theory]
    [InlineData(1, 1, 100, 100, 50, 0)]
    [InlineData(16, 9, 177, 100, 11, 0)]
    [InlineData(9, 16, 56, 100, 72, 0)]
    [InlineData(4, 1, 200, 50, 0, 25)]
    public void CropAspect_AnyProportions_IsTheLargestMiddleOfThem(
        int across, int down, int width, int height, int x, int y)
    {
        Picture cropped = Sample.Run($"""[["crop_aspect", {across}, {down}]]""", Sample.Places(200, 100));

        Assert.Equal((width, height), Sample.Size(cropped));
        Assert.Equal((x, y), Sample.Origin(cropped, 0, 0));
    }

    [Fact]
    public void CropSide_ManyPhotos_AllFourSidesAreDrawn()
    {
        var origins = new HashSet<(int Width, int X, int Y)>();
        for (int i = 0; i < 40; i++)
        {
            Picture cropped = Sample.Run("""[["crop_side", 0.2]]""", Sample.Places(200, 100), $"photo{i}");
            (int x, int y) = Sample.Origin(cropped, 0, 0);
            origins.Add((cropped.Width, x, y));
        }

        Assert.Equal(4, origins.Count);
    }

    [Fact]
    public void RandomSteps_ManyPhotos_StayWithinTheirBounds()
    {
        Picture places = Sample.Places(200, 100);
        for (int i = 0; i < 30; i++)
        {
            Picture cropped = Sample.Run("""[["crop_rand", 0.15]]""", places, $"photo{i}");
            Picture zoomed = Sample.Run("""[["zoom_rand", 0.65, 0.97]]""", places, $"photo{i}");
            Picture turned = Sample.Run("""[["rot_rand", 0.5, 12]]""", places, $"photo{i}");
            Picture bordered = Sample.Run("""[["border_rand", 0.25]]""", places, $"photo{i}");
            Picture stretched = Sample.Run("""[["stretch_rand", 0.2]]""", places, $"photo{i}");

            (int left, int top) = Sample.Origin(cropped, 0, 0);
            Assert.InRange(left, 0, 29);
            Assert.InRange(top, 0, 14);
            Assert.InRange(left + cropped.Width, 170, 200);
            Assert.InRange(top + cropped.Height, 85, 100);
            Assert.InRange(zoomed.Width, 130, 194);
            Assert.Equal(zoomed.Width / 2.0, zoomed.Height, 1.0);
            Assert.InRange(turned.Width, 120, 199);
            Assert.InRange(bordered.Width, 200, 300);
            Assert.InRange(bordered.Height, 100, 150);
            Assert.InRange(stretched.Width, 160, 240);
            Assert.Equal(100, stretched.Height);
        }
    }
}
