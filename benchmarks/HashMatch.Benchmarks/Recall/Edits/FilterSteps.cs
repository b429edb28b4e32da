using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Changes of light, colour and sharpness of the whole picture.</summary>
internal static class FilterSteps
{
    // Blur is stated for pictures of this longer side.
    private const double BlurSide = 512;

    // The sum of four even draws of 0 to 1 has the variance 4 / 12.
    private const int DrawsPerSample = 4;

    private static readonly double NoiseScale = Math.Sqrt(3);

    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["blur"] = new(1, arguments =>
        {
            double sigma = arguments.Number(0, 0.1, 100);
            return (picture, _) => Blurring.Blur(picture, sigma * picture.LongerSide / BlurSide);
        }),
        ["noise"] = new(1, arguments =>
        {
            double deviation = arguments.Number(0, 0, 255);
            return (picture, context) => Noise(picture, deviation, context.Draws);
        }),
        ["bright"] = Curve((level, by) => level * (1 + by)),
        ["contrast"] = Curve((level, by) => ((level - 0.5) * (1 + by)) + 0.5),
        ["gamma"] = Curve(Math.Pow),
        ["posterize"] = new(1, arguments =>
        {
            int steps = arguments.Whole(0, 2, 256) - 1;
            return (picture, _) => Tones.Curve(picture, level => Math.Round(level * steps) / steps);
        }),
        ["invert"] = new(0, _ => (picture, _) => Tones.Curve(picture, level => 1 - level)),
        ["sat"] = new(1, arguments =>
        {
            double saturation = arguments.Number(0, 0, 10);
            return (picture, _) => Saturate(picture, saturation);
        }),
        ["hue"] = new(1, arguments =>
        {
            double degrees = arguments.Number(0, -360, 360);
            return (picture, _) => TurnHue(picture, double.DegreesToRadians(degrees));
        }),
        ["sepia"] = new(0, _ => (picture, _) => Tones.Mix(
            picture, [.393, .769, .189, .349, .686, .168, .272, .534, .131])),
        ["warm"] = new(0, _ => (picture, _) => Tones.Mix(picture, [1.12, .05, 0, .02, 1, 0, 0, .02, .82])),
        ["vignette"] = new(1, arguments =>
        {
            double strength = arguments.Number(0, 0, 1);
            return (picture, _) => Vignette(picture, strength);
        }),
        ["sharpen"] = new(1, arguments =>
        {
            double strength = arguments.Number(0, 0, 10);
            return (picture, _) => Sharpen(picture, strength);
        }),
    };

    /// <summary>Nearly Gaussian noise of a standard deviation, on each sample by itself.</summary>
    public static Picture Noise(Picture picture, double deviation, Random draws)
    {
        Picture noisy = picture.Copy();
        double scale = NoiseScale * deviation;
        foreach (ref byte sample in noisy.Pixels.AsSpan())
        {
            double sum = -DrawsPerSample / 2.0;
            for (int i = 0; i < DrawsPerSample; i++)
            {
                sum += draws.NextDouble();
            }

            sample = (byte)Math.Clamp(sample + (sum * scale), 0, 255);
        }

        return noisy;
    }

    private static StepKind Curve(Func<double, double, double> curve) => new(1, arguments =>
    {
        double by = arguments.Number(0, -1, 10);
        return (picture, _) => Tones.Curve(picture, level => curve(level, by));
    });

    // Between grey (0), the picture (1) and beyond; the weights of grey are those of BT.601.
    private static Picture Saturate(Picture picture, double saturation)
    {
        double red = 0.299 * (1 - saturation);
        double green = 0.587 * (1 - saturation);
        double blue = 0.114 * (1 - saturation);
        return Tones.Mix(
            picture,
            [
                red + saturation, green, blue,
                red, green + saturation, blue,
                red, green, blue + saturation,
            ]);
    }

    // The matrix of the CSS and SVG filter hue-rotate.
    private static Picture TurnHue(Picture picture, double radians)
    {
        (double s, double c) = Math.SinCos(radians);
        return Tones.Mix(
            picture,
            [
                .213 + (c * .787) - (s * .213), .715 - (c * .715) - (s * .715), .072 - (c * .072) + (s * .928),
                .213 - (c * .213) + (s * .143), .715 + (c * .285) + (s * .140), .072 - (c * .072) - (s * .283),
                .213 - (c * .213) - (s * .787), .715 - (c * .715) + (s * .715), .072 + (c * .928) + (s * .072),
            ]);
    }

    // Darker with the square of the distance from the middle; the corners by the whole strength.
    private static Picture Vignette(Picture picture, double strength)
    {
        var darkened = new Picture(picture.Width, picture.Height);
        double middleX = picture.Width / 2.0;
        double middleY = picture.Height / 2.0;
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Row(y);
            Span<byte> to = darkened.Row(y);
            double down = (y - middleY) / middleY;
            for (int i = 0; i < from.Length; i++)
            {
                double across = ((i / Picture.Channels) - middleX) / middleX;
                to[i] = (byte)(from[i] * (1 - (strength * ((across * across) + (down * down)) / 2)));
            }
        }

        return darkened;
    }

    private static Picture Sharpen(Picture picture, double strength)
    {
        Picture blurred = Blurring.Blur(picture, 1.5);
        var sharp = new Picture(picture.Width, picture.Height);
        for (int i = 0; i < sharp.Pixels.Length; i++)
        {
            sharp.Pixels[i] = (byte)Math.Clamp(
                picture.Pixels[i] + (strength * (picture.Pixels[i] - blurred.Pixels[i])), 0, 255);
        }

        return sharp;
    }
}
