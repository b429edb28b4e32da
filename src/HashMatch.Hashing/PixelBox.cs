namespace HashMatch.Hashing;

/// <summary>A rectangle of whole pixels of a <see cref="ReducedLuma"/>.</summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The first row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct PixelBox(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    public long Area => (long)Width * Height;

    /// <summary>How much two rectangles are one: the shared part of what they cover together.</summary>
    /// <returns>0 (apart) to 1000 (equal).</returns>
    public int OverlapInThousandths(PixelBox other)
    {
        long width = Math.Min(Right, other.Right) - Math.Max(X, other.X);
        long height = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        long shared = width * height;
        return (int)(shared * 1000 / (Area + other.Area - shared));
    }
}
