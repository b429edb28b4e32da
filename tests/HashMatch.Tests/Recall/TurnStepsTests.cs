using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class TurnStepsTests
{
    [Fact]
    public void Mirror_Places_RunFromRightToLeft()
    {
        Picture mirrored = Sample.Run("""[["mirror"]]""", Sample.Places(50, 30));

        Assert.Equal((49, 0), Sample.Origin(mirrored, 0, 0));
        Assert.Equal((0, 29), Sample.Origin(mirrored, 49, 29));
    }

    [Fact]
    public void FlipV_Places_RunFromTheBottomUp()
    {
        Picture mirrored = Sample.Run("""[["flipv"]]""", Sample.Places(50, 30));

        Assert.Equal((0, 29), Sample.Origin(mirrored, 0, 0));
    }

    [Theory]
    [InlineData(1, 30, 50, 0, 29)]
    [InlineData(2, 50, 30, 49, 29)]
    [InlineData(3, 30, 50, 49, 0)]
    public void Rot90_Quarters_TurnClockwise(int quarters, int width, int height, int x, int y)
    {
        Picture turned = Sample.Run($"""[["rot90", {quarters}]]""", Sample.Places(50, 30));

        Assert.Equal((width, height), Sample.Size(turned));
        Assert.Equal((x, y), Sample.Origin(turned, 0, 0));
    }

    [Fact]
    public void Rotate_TenDegrees_KeepsSizeAndMiddleAndBlackensCorners()
    {
        Picture turned = TurnSteps.Rotate(Sample.Places(201, 101), double.DegreesToRadians(10));

        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(10));
        (int x, int y) = Sample.Origin(turned, 150, 60);
        Assert.Equal((201, 101), Sample.Size(turned));
        Assert.Equal((100, 50), Sample.Origin(turned, 100, 50));
        Assert.Equal(100 + (50 * cosine) + (10 * sine), x, 1.0);
        Assert.Equal(50 - (50 * sine) + (10 * cosine), y, 1.0);
        Assert.Equal(Colour.Black, turned.At(0, 0));
    }

    [Theory]
    [InlineData(200, 100, 2)]
    [InlineData(200, 100, 10)]
    [InlineData(80, 240, 10)]
    [InlineData(120, 120, 45)]
    public void RotCrop_AnyAngle_HasTheSameProportionsAndNoBlackCorner(int width, int height, int degrees)
    {
        var white = Picture.Filled(width, height, Colour.White);

        Picture turned = TurnSteps.RotateInside(white, double.DegreesToRadians(degrees));

        Assert.All(turned.Pixels, sample => Assert.Equal(255, sample));
        Assert.Equal((double)width / height, (double)turned.Width / turned.Height, 0.06);
    }

    [Fact]
    public void Rotate_ManyPhotos_GoesBothWays()
    {
        bool[] left =
        [
            .. Enumerable.Range(0, 20).Select(i =>
                Sample.Run("""[["rotate", 10]]""", Sample.Places(200, 100), $"photo{i}").At(150, 50).Green > 50),
        ];

        Assert.Contains(true, left);
        Assert.Contains(false, left);
    }

    [Fact]
    public void Shear_Slope_MovesRowsInProportion()
    {
        Picture sheared = PerspectiveSteps.Shear(Sample.Places(200, 101), 0.2);

        Assert.Equal((100, 50), Sample.Origin(sheared, 100, 50));
        Assert.Equal((110, 100), Sample.Origin(sheared, 100, 100));
        Assert.Equal((90, 0), Sample.Origin(sheared, 100, 0));
    }

    [Fact]
    public void Tilt_NoStrength_OnlyAddsTheMargin()
    {
        Picture tilted = Sample.Run("""[["tilt", 0, 0.1]]""", Sample.Places(200, 100));

        Assert.Equal((240, 120), Sample.Size(tilted));
        Assert.Equal((5, 6), Sample.Origin(tilted, 25, 16));
        Assert.Equal(new Colour(18, 18, 20), tilted.At(3, 3));
    }

    [Fact]
    public void Tilt_ManyPhotos_EachEdgeIsTheFarOneAtTimes()
    {
        var far = new HashSet<int>();
        for (int i = 0; i < 40; i++)
        {
            Picture tilted = Sample.Run("""[["tilt", 0.2, 0]]""", Picture.Filled(200, 200, Colour.White), $"photo{i}");

            // All edges leave something dark but the near one, which is opposite the far one.
            bool[] dark = [IsDark(100, 10), IsDark(190, 100), IsDark(100, 190), IsDark(10, 100)];
            far.Add((Array.IndexOf(dark, false) + 2) % 4);
            Assert.InRange(Sample.Mean(tilted), 120, 240);

            bool IsDark(int x, int y) => tilted.At(x, y).Red < 100;
        }

        Assert.Equal([0, 1, 2, 3], far.Order());
    }

    [Fact]
    public void CornersTo_FourPlaces_MapsThemBackToTheCorners()
    {
        (double X, double Y)[] places = [(10, 5), (190, 12), (180, 95), (4, 88)];

        var projection = Projection.CornersTo(places, 200, 100);

        (double X, double Y)[] corners = [.. places.Select(Map)];
        Assert.Equal([0, 200, 200, 0], corners.Select(corner => Math.Round(corner.X, 6)));
        Assert.Equal([0, 0, 100, 100], corners.Select(corner => Math.Round(corner.Y, 6)));

        (double X, double Y) Map((double X, double Y) at)
        {
            double w = (projection.G * at.X) + (projection.H * at.Y) + 1;
            return (
                ((projection.A * at.X) + (projection.B * at.Y) + projection.C) / w,
                ((projection.D * at.X) + (projection.E * at.Y) + projection.F) / w);
        }
    }
}
