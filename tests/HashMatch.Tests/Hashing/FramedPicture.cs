using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>A synthetic photo on a ground of one grey, RGB.</summary>
public sealed class FramedPicture
{
    private FramedPicture(int width, int height, byte[] pixels)
    {
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public PixelFormat Format { get; } = PixelFormat.Rgb24;

    public byte[] Pixels { get; }

    public static FramedPicture Make(int width, int height, byte ground) => Make(width, height, ground, ground);

    /// <summary>Makes a ground that fades from one grey at the top to another at the bottom.</summary>
    public static FramedPicture Make(int width, int height, byte top, byte bottom)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            pixels.AsSpan(y * width * 3, width * 3).Fill((byte)(top + ((bottom - top) * y / height)));
        }

        return new FramedPicture(width, height, pixels);
    }

    /// <summary>Puts a photo there; what goes over the edges is cut off.</summary>
    public FramedPicture With(SyntheticPicture photo, int left, int top)
    {
        int start = Math.Max(0, left);
        int width = Math.Min(Width, left + photo.Width) - start;
        for (int y = Math.Max(0, top); y < Math.Min(Height, top + photo.Height); y++)
        {
            photo.Pixels.AsSpan(((y - top) * photo.Stride) + ((start - left) * 3), width * 3)
                .CopyTo(Pixels.AsSpan(((y * Width) + start) * 3));
        }

        return this;
    }

    /// <summary>Lets a ground reach down, here less and there more, as a sky does behind mountains.</summary>
    public FramedPicture WithRidge(int top, int depth, byte ground)
    {
        for (int x = 0; x < Width; x++)
        {
            int bottom = top + (int)(depth * (1 + Math.Sin(x / 31.0)));
            for (int y = top; y < bottom; y++)
            {
                Pixels.AsSpan(((y * Width) + x) * 3, 3).Fill(ground);
            }
        }

        return this;
    }

    /// <summary>Writes lines of bars as a screen has them: icons, letters.</summary>
    public FramedPicture WithBars(int top, int height, byte ink)
    {
        for (int y = top; y < top + height; y++)
        {
            for (int x = 20; x < Width - 20; x++)
            {
                if (x / 7 % 3 == 0)
                {
                    Pixels.AsSpan(((y * Width) + x) * 3, 3).Fill(ink);
                }
            }
        }

        return this;
    }
}
