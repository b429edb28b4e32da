using HashMatch.Hashing;

namespace HashMatch.Media;

/// <summary>The pixels of a decoded picture, upright and opaque.</summary>
/// <remarks>They belong to the <see cref="ImageDecoder"/> and are overwritten by its next decode.</remarks>
public readonly ref struct DecodedImage
{
    internal DecodedImage(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format)
    {
        Pixels = pixels;
        Width = width;
        Height = height;
        Format = format;
    }

    /// <summary>Width times height pixels, row after row from the top without padding: 1 or 3 bytes each.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>The width in pixels, as the picture is shown.</summary>
    public int Width { get; }

    /// <summary>The height in pixels, as the picture is shown.</summary>
    public int Height { get; }

    /// <summary><see cref="PixelFormat.Gray8"/> or <see cref="PixelFormat.Rgb24"/>.</summary>
    public PixelFormat Format { get; }
}
