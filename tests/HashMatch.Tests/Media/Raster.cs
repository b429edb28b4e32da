using System.Globalization;
using System.Text;
using HashMatch.Hashing;
using HashMatch.Media;

namespace HashMatch.Tests.Media;

/// <summary>Pixels to compare with, which read and write themselves as binary PNM.</summary>
internal sealed record Raster(int Width, int Height, int Bands, byte[] Pixels)
{
    public static Raster Of(DecodedImage image) =>
        new(image.Width, image.Height, image.Format == PixelFormat.Gray8 ? 1 : 3, image.Pixels.ToArray());

    /// <summary>A picture without two equal sides or corners: six flat fields of strong colours.</summary>
    public static Raster Fields(int width, int height) => Make(width, height, 3, (x, y, band) =>
    {
        int field = (x * 3 / width) + (y * 2 / height * 3);
        ReadOnlySpan<byte> colours = [200, 30, 40, 20, 160, 60, 30, 50, 190, 240, 220, 90, 90, 90, 90, 250, 128, 10];
        return colours[(field * 3) + band];
    });

    /// <summary>A smooth picture, which lossy formats keep within a few levels.</summary>
    public static Raster Slopes(int width, int height) => Make(width, height, 3, (x, y, band) => band switch
    {
        0 => (byte)(20 + (x * 200 / width)),
        1 => (byte)(230 - (y * 200 / height)),
        _ => (byte)(40 + (((x * 100) + (y * 60)) / (width + height))),
    });

    public static Raster Make(int width, int height, int bands, Func<int, int, int, byte> sample)
    {
        byte[] pixels = new byte[width * height * bands];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = sample(i / bands % width, i / bands / width, i % bands);
        }

        return new Raster(width, height, bands, pixels);
    }

    public static Raster Read(byte[] pnm)
    {
        // P5 or P6, width, height, 255, each ended by one white space; convert writes no comments.
        string[] words = new string[4];
        int at = 0;
        for (int i = 0; i < words.Length; i++)
        {
            int end = Array.FindIndex(pnm, at, b => b is (byte)' ' or (byte)'\n');
            words[i] = Encoding.ASCII.GetString(pnm, at, end - at);
            at = end + 1;
        }

        Assert.Equal("255", words[3]);
        int width = int.Parse(words[1], CultureInfo.InvariantCulture);
        int height = int.Parse(words[2], CultureInfo.InvariantCulture);
        return new Raster(width, height, words[0] == "P5" ? 1 : 3, pnm[at..]);
    }

    public byte[] ToPnm() =>
        [.. Encoding.ASCII.GetBytes($"P{(Bands == 1 ? 5 : 6)}\n{Width} {Height}\n255\n"), .. Pixels];

    public Raster ToRgb() => Bands == 3
        ? this
        : Make(Width, Height, 3, (x, y, _) => Pixels[(y * Width) + x]);

    public void AssertNear(DecodedImage actual, int tolerance)
    {
        Assert.Equal((Width, Height), (actual.Width, actual.Height));
        Assert.Equal(Bands == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24, actual.Format);
        Assert.Equal(Pixels.Length, actual.Pixels.Length);
        int worst = 0;
        for (int i = 0; i < Pixels.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(Pixels[i] - actual.Pixels[i]));
        }

        Assert.True(worst <= tolerance, $"A sample differs by {worst}; {tolerance} is allowed.");
    }
}
