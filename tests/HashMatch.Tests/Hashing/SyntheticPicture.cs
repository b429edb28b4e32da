using System.Globalization;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>A picture made of integers alone, so that every machine makes the same one.</summary>
public sealed class SyntheticPicture
{
    private SyntheticPicture(
        SyntheticKind kind, int width, int height, PixelFormat format, int padding, uint seed)
    {
        Kind = kind;
        Width = width;
        Height = height;
        Format = format;
        Stride = (width * BytesPerPixel(format)) + padding;
        Seed = seed;
        Pixels = Fill();
    }

    public SyntheticKind Kind { get; }

    public int Width { get; }

    public int Height { get; }

    public PixelFormat Format { get; }

    public int Stride { get; }

    public uint Seed { get; }

    /// <summary>The rows; behind the last one there is no padding, so that reading on would be noticed.</summary>
    public byte[] Pixels { get; }

    public static SyntheticPicture Make(
        SyntheticKind kind, int width, int height, PixelFormat format, int padding = 0, uint seed = 1) =>
        new(kind, width, height, format, padding, seed);

    public static int BytesPerPixel(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 1,
        PixelFormat.Rgb24 => 3,
        _ => 4,
    };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind} {Width}x{Height} {Format} {Stride} {Seed}");

    private byte[] Fill()
    {
        int channels = BytesPerPixel(Format);
        byte[] pixels = new byte[((Height - 1) * Stride) + (Width * channels)];
        uint state = (Seed * 2654435761u) + 12345u;
        for (int at = 0; at < pixels.Length; at++)
        {
            int y = at / Stride;
            int x = at % Stride / channels;
            int channel = at % Stride % channels;
            state = (state * 1664525u) + 1013904223u;
            int noise = (int)(state >> 24);
            bool isAlpha = channel == 3;
            pixels[at] = x < Width ? (byte)Sample(x, y, channel, isAlpha, noise) : (byte)noise;
        }

        return pixels;
    }

    private int Sample(int x, int y, int channel, bool isAlpha, int noise) => Kind switch
    {
        SyntheticKind.Noise => noise,
        // A good half of the pixels stay opaque, so that squares of opaque and of mixed pixels both come.
        _ when isAlpha => ((x / 40) + (y / 24)) % 2 == 0 ? 255 : Math.Min(255, noise + (x % 128)),
        SyntheticKind.Constant => (int)(((Seed * 37) + ((uint)channel * 11)) & 255),
        SyntheticKind.Gradient => ((x * 255 / Math.Max(1, Width - 1)) + (y * (channel + 1))) & 255,
        SyntheticKind.Checker => ((((x / (8 + (int)Seed)) + (y / (8 + (int)Seed))) & 1) * 200) + (channel * 20),
        _ => Scene(x, y, channel, noise),
    };

    // Hills of parabolas, an edge, and a little noise: the spectrum of a photo, roughly.
    private int Scene(int x, int y, int channel, int noise)
    {
        int u = (int)((long)x * 1024 / Width);
        int v = (int)((long)y * 1024 / Height);
        int hills = Hill(u + ((int)Seed * 131), 700 + (channel * 90))
            + Hill(v + (u / 3), 450)
            + Hill(u - v + 4096, 230);
        int edge = (u * 3) + (v * 2) > 2600 + (channel * 40) ? 50 : 0;
        return Math.Clamp((hills / 5) + edge + (noise / 12), 0, 255);
    }

    private static int Hill(int position, int period)
    {
        int phase = position % period;
        return phase * (period - phase) * 4 * 255 / (period * period);
    }
}
