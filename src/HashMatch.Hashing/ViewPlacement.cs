namespace HashMatch.Hashing;

/// <summary>
/// Which part of a <see cref="ReducedLuma"/> a view shows: a turned rectangle, in 65,536ths of a cell.
/// </summary>
/// <param name="CenterX">The middle, from the left edge.</param>
/// <param name="CenterY">The middle, from the top edge.</param>
/// <param name="HalfX">From the middle to the middle of the view's right side, along x.</param>
/// <param name="HalfY">The same along y.</param>
/// <param name="DownX">From the middle to the middle of the view's lower side, along x.</param>
/// <param name="DownY">The same along y.</param>
internal readonly record struct ViewPlacement(
    long CenterX, long CenterY, long HalfX, long HalfY, long DownX, long DownY)
{
    /// <summary>65,536: one cell.</summary>
    public const int One = 1 << 16;

    /// <summary>A part of a rectangle.</summary>
    /// <param name="box">The rectangle.</param>
    /// <param name="left">Where the part starts, in thousandths of the width.</param>
    /// <param name="top">Where it starts, in thousandths of the height.</param>
    /// <param name="width">How wide it is, in thousandths.</param>
    /// <param name="height">How high it is, in thousandths.</param>
    public static ViewPlacement Part(PixelBox box, int left, int top, int width, int height) => new(
        (box.X * (long)One) + (box.Width * (long)One * ((2 * left) + width) / 2000),
        (box.Y * (long)One) + (box.Height * (long)One * ((2 * top) + height) / 2000),
        box.Width * (long)One * width / 2000,
        0,
        0,
        box.Height * (long)One * height / 2000);

    /// <summary>The whole of a rectangle.</summary>
    public static ViewPlacement Whole(PixelBox box) => Part(box, 0, 0, 1000, 1000);
}
