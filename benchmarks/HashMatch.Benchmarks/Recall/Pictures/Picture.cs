namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>A picture in memory: red, green, blue, row after row from the top.</summary>
/// <remarks>Steps take a picture and give another; only what a step has made itself does it draw on.</remarks>
internal sealed class Picture
{
    public const int Channels = 3;

    public Picture(int width, int height)
        : this(width, height, new byte[width * height * Channels])
    {
    }

    public Picture(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height * Channels);
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public int LongerSide => Math.Max(Width, Height);

    public byte[] Pixels { get; }

    public static Picture Filled(int width, int height, Colour colour)
    {
        var picture = new Picture(width, height);
        Painting.Fill(picture, 0, 0, width, height, colour);
        return picture;
    }

    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * Channels, Width * Channels);

    public Colour At(int x, int y)
    {
        ReadOnlySpan<byte> pixel = Row(y).Slice(x * Channels, Channels);
        return new Colour(pixel[0], pixel[1], pixel[2]);
    }

    public Picture Copy() => new(Width, Height, [.. Pixels]);

    /// <summary>Cuts a rectangle out, as much of it as lies in the picture, and one pixel at least.</summary>
    public Picture Crop(int left, int top, int width, int height)
    {
        left = Math.Clamp(left, 0, Width - 1);
        top = Math.Clamp(top, 0, Height - 1);
        var cut = new Picture(Math.Clamp(width, 1, Width - left), Math.Clamp(height, 1, Height - top));
        for (int y = 0; y < cut.Height; y++)
        {
            Row(top + y).Slice(left * Channels, cut.Width * Channels).CopyTo(cut.Row(y));
        }

        return cut;
    }

    /// <summary>Cuts the middle out.</summary>
    public Picture CropCentre(int width, int height) =>
        Crop((Width - width) / 2, (Height - height) / 2, width, height);

    /// <summary>Lays another picture onto this one; what falls outside is lost.</summary>
    public void Paste(Picture other, int left, int top)
    {
        int first = Math.Max(0, -left);
        int end = Math.Min(other.Width, Width - left);
        for (int y = Math.Max(0, -top); y < Math.Min(other.Height, Height - top) && end > first; y++)
        {
            other.Row(y)[(first * Channels)..(end * Channels)].CopyTo(Row(top + y)[((left + first) * Channels)..]);
        }
    }
}
