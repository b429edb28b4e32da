using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class FilterStepsTests
{
    private static readonly Colour Start = new(200, 100, 50);

    [Theory]
    [InlineData("""["bright", -0.4]""", 120, 60, 30)]
    [InlineData("""["bright", 0.4]""", 255, 140, 70)]
    [InlineData("""["contrast", -0.4]""", 171, 111, 81)]
    [InlineData("""["gamma", 2]""", 157, 39, 10)]
    [InlineData("""["posterize", 4]""", 170, 85, 85)]
    [InlineData("""["invert"]""", 55, 155, 205)]
    [InlineData("""["sat", 0]""", 124, 124, 124)]
    [InlineData("""["sepia"]""", 165, 147, 114)]
    [InlineData("""["warm"]""", 229, 104, 43)]
    [InlineData("""["hue", 0]""", 200, 100, 50)]
    [InlineData("""["hue", 360]""", 200, 100, 50)]
    [InlineData("""["vignette", 0.8]""", 200, 100, 50)]
    [InlineData("""["blur", 8]""", 200, 100, 50)]
    [InlineData("""["sharpen", 1.5]""", 200, 100, 50)]
    public void FilterStep_OneColour_BecomesThatColourInTheMiddle(string step, int red, int green, int blue)
    {
        Picture filtered = Sample.Run($"[{step}]", Picture.Filled(65, 65, Start));

        Colour middle = filtered.At(32, 32);
        Assert.Equal(red, middle.Red, 1.0);
        Assert.Equal(green, middle.Green, 1.0);
        Assert.Equal(blue, middle.Blue, 1.0);
    }

    [Fact]
    public void Vignette_Strength_IsThatOfTheCorners()
    {
        Picture filtered = Sample.Run("""[["vignette", 0.8]]""", Picture.Filled(200, 200, Colour.White));

        Assert.Equal(255 * 0.2, filtered.At(0, 0).Red, 1.0);
        Assert.Equal(255 * 0.6, filtered.At(100, 0).Red, 1.0);
    }

    [Theory]
    [InlineData(0.8, 0.64)]
    [InlineData(3, 12)]
    [InlineData(12, 156)]
    public void Blur_OneBrightBar_SpreadsByItsDeviation(double sigma, double added)
    {
        var bar = Picture.Filled(161, 161, Colour.Black);
        Painting.Fill(bar, 76, 0, 9, 161, Colour.White);

        Picture blurred = Blurring.Blur(bar, sigma);

        double sum = Enumerable.Range(0, 161).Sum(x => (double)blurred.At(x, 80).Red);
        double variance = Enumerable.Range(0, 161).Sum(x => blurred.At(x, 80).Red * (x - 80.0) * (x - 80)) / sum;
        Assert.Equal(9 * 255, sum, 60.0);

        // A wide blur is one of three means with a radius of whole pixels: near the square of its deviation only.
        Assert.Equal(added + (80.0 / 12), variance, Math.Max(0.5, added * 0.05));
    }

    [Fact]
    public void Noise_Deviation_IsThatOfTheSamples()
    {
        Picture noisy = FilterSteps.Noise(Picture.Filled(200, 200, Colour.Gray(128)), 15, new Random(1));

        double mean = Sample.Mean(noisy);
        double deviation = Math.Sqrt(noisy.Pixels.Average(sample => (sample - mean) * (sample - mean)));
        Assert.Equal(128, mean, 1.0);
        Assert.Equal(15, deviation, 0.4);
    }

    [Fact]
    public void Palette_Scene_KeepsItsMeanInSixLevels()
    {
        Picture scene = Sample.Scene(120, 80);

        Picture reduced = SavingSteps.ToPalette(scene);

        Assert.All(reduced.Pixels, sample => Assert.Equal(0, sample % 51));
        Assert.Equal(Sample.Mean(scene), Sample.Mean(reduced), 4.0);
    }

    [Theory]
    [InlineData("""["jpeg", 90]""", """["jpeg", 10]""")]
    [InlineData("""["webp", 90]""", """["webp", 10]""")]
    public void SavingStep_LowerQuality_IsFartherFromThePictureAndOfItsColours(string high, string low)
    {
        Picture scene = Sample.Scene(160, 120);

        double near = Difference(scene, Sample.Run($"[{high}]", scene));
        double far = Difference(scene, Sample.Run($"[{low}]", scene));
        Picture red = Sample.Run($"[{high}]", Picture.Filled(64, 64, Start));

        Assert.InRange(near, 0.1, far * 0.9);
        Assert.Equal(Start.Red, red.At(30, 30).Red, 6.0);
        Assert.Equal(Start.Blue, red.At(30, 30).Blue, 6.0);
    }

    private static double Difference(Picture one, Picture other) =>
        one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs((double)a - b)).Average();
}
