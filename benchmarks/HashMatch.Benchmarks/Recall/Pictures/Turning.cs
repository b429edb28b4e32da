namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>Turns by quarters and mirrors.</summary>
internal static class Turning
{
    public static Picture MirrorSideways(Picture picture) =>
        Move(picture, picture.Width, picture.Height, (x, y) => (picture.Width - 1 - x, y));

    public static Picture MirrorUpright(Picture picture) =>
        Move(picture, picture.Width, picture.Height, (x, y) => (x, picture.Height - 1 - y));

    /// <summary>Turns clockwise.</summary>
    public static Picture Turn(Picture picture, int quarters) => (quarters & 3) switch
    {
        1 => Move(picture, picture.Height, picture.Width, (x, y) => (y, picture.Height - 1 - x)),
        2 => Move(picture, picture.Width, picture.Height, (x, y) => (picture.Width - 1 - x, picture.Height - 1 - y)),
        3 => Move(picture, picture.Height, picture.Width, (x, y) => (picture.Width - 1 - y, x)),
        _ => picture.Copy(),
    };

    private static Picture Move(Picture picture, int width, int height, Func<int, int, (int X, int Y)> from)
    {
        var moved = new Picture(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = moved.Row(y);
            for (int x = 0; x < width; x++)
            {
                (int oldX, int oldY) = from(x, y);
                picture.Pixels.AsSpan(((oldY * picture.Width) + oldX) * Picture.Channels, Picture.Channels)
                    .CopyTo(row[(x * Picture.Channels)..]);
            }
        }

        return moved;
    }
}
