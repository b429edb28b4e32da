namespace HashMatch.Hashing;

/// <summary>The brightness of one pixel: the definition that every vector width is held to.</summary>
internal static class Luma
{
    public const float Red = 0.299f;
    public const float Green = 0.587f;
    public const float Blue = 0.114f;

    public const int Opaque = 255;

    /// <summary>Weighs the three channels. Each product is rounded before it is added.</summary>
    public static float Of(int red, int green, int blue) => ((Red * red) + (Green * green)) + (Blue * blue);

    /// <summary>Composites one channel over white, rounded to the nearest integer.</summary>
    public static int OverWhite(int channel, int alpha) =>
        ((channel * alpha) + (255 * (Opaque - alpha)) + 127) / 255;

    /// <summary>Reads one pixel.</summary>
    public static unsafe float Of(byte* pixel, PixelFormat format)
    {
        switch (format)
        {
            case PixelFormat.Gray8:
                return pixel[0];
            case PixelFormat.Rgb24:
                return Of(pixel[0], pixel[1], pixel[2]);
            default:
                int alpha = pixel[3];
                int first = OverWhite(pixel[0], alpha);
                int green = OverWhite(pixel[1], alpha);
                int third = OverWhite(pixel[2], alpha);
                return format == PixelFormat.Rgba32 ? Of(first, green, third) : Of(third, green, first);
        }
    }

    /// <summary>The number of bytes of one pixel.</summary>
    public static int BytesPerPixel(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 1,
        PixelFormat.Rgb24 => 3,
        PixelFormat.Rgba32 or PixelFormat.Bgra32 => 4,
        _ => 0,
    };
}
