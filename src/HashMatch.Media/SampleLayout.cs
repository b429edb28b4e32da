using System.Runtime.InteropServices;
using HashMatch.Media.Libvips;

namespace HashMatch.Media;

/// <summary>How a decoder's samples stand for a pixel, and how they become one byte of grey or three of RGB.</summary>
/// <param name="Bands">Samples a pixel, with the alpha if there is one.</param>
/// <param name="IsWide">Whether a sample has 16 bits.</param>
/// <param name="IsCmyk">Whether the colours are amounts of ink.</param>
internal readonly record struct SampleLayout(int Bands, bool IsWide, bool IsCmyk)
{
    private const int White = 255;

    /// <summary>Bytes a pixel as decoded.</summary>
    public int BytesIn => Bands * (IsWide ? 2 : 1);

    /// <summary>Bytes a pixel as handed out: 1 or 3.</summary>
    public int BytesOut => Bands <= 2 ? 1 : 3;

    /// <summary>Whether the last sample is the alpha.</summary>
    public bool HasAlpha => Bands == (IsCmyk ? 5 : BytesOut + 1);

    /// <summary>Finds out the layout of a picture.</summary>
    /// <exception cref="ImageRefusedException">It is neither grey, RGB nor CMYK of 8 or 16 bits.</exception>
    public static SampleLayout Of(in VipsImage image)
    {
        int bands = image.Bands;
        VipsBandFormat format = image.Format;
        VipsInterpretation kind = image.Interpretation;
        bool isKnown = kind switch
        {
            VipsInterpretation.BlackAndWhite or VipsInterpretation.Grey16 => bands is 1 or 2,
            VipsInterpretation.Srgb or VipsInterpretation.Rgb16 => bands is 3 or 4,
            VipsInterpretation.Cmyk => bands is 4 or 5,
            _ => false,
        };
        return isKnown && image.IsPlain && format is VipsBandFormat.UInt8 or VipsBandFormat.UInt16
            ? new SampleLayout(bands, format == VipsBandFormat.UInt16, kind == VipsInterpretation.Cmyk)
            : throw new ImageRefusedException(ImageRefusal.UnsupportedPixels);
    }

    /// <summary>Turns samples into pixels, in place.</summary>
    /// <param name="samples">Whole pixels as decoded.</param>
    /// <param name="dropAlpha">Whether colours are taken as stored, and not laid over white.</param>
    /// <returns>The beginning of <paramref name="samples"/>, which now holds the pixels.</returns>
    public Span<byte> ToPixels(Span<byte> samples, bool dropAlpha)
    {
        if (IsWide)
        {
            samples = Narrow(samples);
        }

        if (HasAlpha && dropAlpha)
        {
            // For golden data alone, so the speed of it does not matter.
            for (int alpha = Bands - 1; alpha < samples.Length; alpha += Bands)
            {
                samples[alpha] = 255;
            }
        }

        return IsCmyk ? CmykToRgb(samples, Bands)
            : !HasAlpha ? samples
            : Bands == 2 ? GreyOverWhite(samples)
            : RgbOverWhite(samples);
    }

    private static Span<byte> Narrow(Span<byte> samples)
    {
        // Each byte is written behind the two it was read from, so the same memory serves both.
        ReadOnlySpan<ushort> wide = MemoryMarshal.Cast<byte, ushort>(samples);
        for (int i = 0; i < wide.Length; i++)
        {
            samples[i] = (byte)(wide[i] >> 8);
        }

        return samples[..wide.Length];
    }

    private static Span<byte> GreyOverWhite(Span<byte> samples)
    {
        int count = samples.Length / 2;
        for (int i = 0; i < count; i++)
        {
            samples[i] = Blend(samples[2 * i], samples[(2 * i) + 1]);
        }

        return samples[..count];
    }

    private static Span<byte> RgbOverWhite(Span<byte> samples)
    {
        int to = 0;
        for (int from = 0; from + 4 <= samples.Length; from += 4)
        {
            ReadOnlySpan<byte> pixel = samples.Slice(from, 4);
            (byte red, byte green, byte blue, byte alpha) = (pixel[0], pixel[1], pixel[2], pixel[3]);
            Span<byte> opaque = samples.Slice(to, 3);
            if (alpha == 255)
            {
                (opaque[0], opaque[1], opaque[2]) = (red, green, blue);
            }
            else
            {
                (opaque[0], opaque[1], opaque[2]) = (Blend(red, alpha), Blend(green, alpha), Blend(blue, alpha));
            }

            to += 3;
        }

        return samples[..to];
    }

    private static Span<byte> CmykToRgb(Span<byte> samples, int bands)
    {
        // The plain formula. libvips's own conversion would go through a colour profile, which hashing never does.
        int to = 0;
        for (int from = 0; from + bands <= samples.Length; from += bands)
        {
            int light = 255 - samples[from + 3];
            int alpha = bands == 4 ? 255 : samples[from + 4];
            for (int ink = 0; ink < 3; ink++)
            {
                samples[to++] = Blend((((255 - samples[from + ink]) * light) + 127) / 255, alpha);
            }
        }

        return samples[..to];
    }

    private static byte Blend(int colour, int alpha) =>
        (byte)(((colour * alpha) + (White * (255 - alpha)) + 127) / 255);
}
