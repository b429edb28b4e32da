namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>Draws plain shapes onto a picture. What falls outside is left out.</summary>
internal static class Painting
{
    /// <summary>Fills a rectangle; an opacity below 1 lets the picture shine through.</summary>
    public static void Fill(
        Picture picture, int left, int top, int width, int height, Colour colour, double opacity = 1)
    {
        int right = Math.Min(picture.Width, left + width);
        int bottom = Math.Min(picture.Height, top + height);
        left = Math.Max(0, left);
        for (int y = Math.Max(0, top); y < bottom && left < right; y++)
        {
            Blend(picture.Row(y)[(left * Picture.Channels)..(right * Picture.Channels)], colour, opacity);
        }
    }

    /// <summary>Fills a circle: the pixels whose place is no farther from the centre than the radius.</summary>
    public static void Disc(Picture picture, double centreX, double centreY, double radius, Colour colour)
    {
        int top = Math.Max(0, (int)Math.Ceiling(centreY - radius));
        int bottom = Math.Min(picture.Height - 1, (int)Math.Floor(centreY + radius));
        for (int y = top; y <= bottom; y++)
        {
            double half = Math.Sqrt(Math.Max(0, (radius * radius) - ((y - centreY) * (y - centreY))));
            int left = (int)Math.Ceiling(centreX - half);
            int right = (int)Math.Floor(centreX + half);
            Fill(picture, left, y, right - left + 1, 1, colour);
        }
    }

    private static void Blend(Span<byte> pixels, Colour colour, double opacity)
    {
        for (int i = 0; i < pixels.Length; i += Picture.Channels)
        {
            pixels[i] = Blend(pixels[i], colour.Red, opacity);
            pixels[i + 1] = Blend(pixels[i + 1], colour.Green, opacity);
            pixels[i + 2] = Blend(pixels[i + 2], colour.Blue, opacity);
        }
    }

    private static byte Blend(byte below, byte above, double opacity) => (byte)(below + ((above - below) * opacity));
}
