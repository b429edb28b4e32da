namespace HashMatch.Hashing;

/// <summary>Reads the 64 by 64 samples of a view, which PDQ's transform takes from there.</summary>
/// <remarks>
/// Each sample is the mean of 2 by 2 points, each a blend of the four cells around it in 256ths. Large views are read
/// from the half scale, so that no cell is passed over. Integers up to the end, and the floats are exact.
/// </remarks>
internal static class ViewSampler
{
    private const int Side = BlurLayout.Side;
    private const int Points = 2 * Side;
    private const int One = ViewPlacement.One;

    // From three cells a sample on, the half scale loses nothing.
    private const long LargestAtFullScale = 3L * Side * One;

    /// <summary>Reads a view.</summary>
    /// <param name="luma">The picture.</param>
    /// <param name="view">Where to read. Outside the picture its edge goes on.</param>
    /// <param name="result">64 rows of 64: 0 to 255.</param>
    public static void Read(ReducedLuma luma, in ViewPlacement view, Span<float> result)
    {
        long width = 2 * (Math.Abs(view.HalfX) + Math.Abs(view.HalfY));
        long height = 2 * (Math.Abs(view.DownX) + Math.Abs(view.DownY));
        if (Math.Max(width, height) > LargestAtFullScale)
        {
            var half = new ViewPlacement(
                view.CenterX >> 1,
                view.CenterY >> 1,
                view.HalfX >> 1,
                view.HalfY >> 1,
                view.DownX >> 1,
                view.DownY >> 1);
            Read(luma.HalfCells, luma.HalfWidth, luma.HalfHeight, half, result);
        }
        else
        {
            Read(luma.Cells, luma.Width, luma.Height, view, result);
        }
    }

    private static unsafe void Read(byte[] cells, int width, int height, in ViewPlacement view, Span<float> result)
    {
        // From point to point to the right and down; shifts round towards minus infinity.
        int rightX = (int)(view.HalfX >> 6);
        int rightY = (int)(view.HalfY >> 6);
        int downX = (int)(view.DownX >> 6);
        int downY = (int)(view.DownY >> 6);

        // The middle of a cell is its value; the first point is half a step inside the corner.
        int startX = (int)(view.CenterX - view.HalfX - view.DownX) - (One / 2) + ((rightX + downX) >> 1);
        int startY = (int)(view.CenterY - view.HalfY - view.DownY) - (One / 2) + ((rightY + downY) >> 1);
        int* sums = stackalloc int[Side];
        fixed (byte* first = cells)
        {
            for (int i = 0; i < Side; i++)
            {
                new Span<int>(sums, Side).Clear();
                for (int half = 0; half < 2; half++)
                {
                    int row = (2 * i) + half;
                    int x = startX + (downX * row);
                    int y = startY + (downY * row);
                    for (int j = 0; j < Points; j++)
                    {
                        sums[j >> 1] += Blend(first, width, height, x, y);
                        x += rightX;
                        y += rightY;
                    }
                }

                Span<float> line = result.Slice(i * Side, Side);
                for (int j = 0; j < Side; j++)
                {
                    line[j] = (sums[j] >> 2) * (1f / One);
                }
            }
        }
    }

    // 0 to 255 times 65,536.
    private static unsafe int Blend(byte* cells, int width, int height, int x, int y)
    {
        int column = x >> 16;
        int row = y >> 16;
        int right = 1;
        int below = width;
        if ((uint)column >= (uint)(width - 1) || (uint)row >= (uint)(height - 1))
        {
            // At and beyond the edges the outermost cells go on.
            x = Math.Clamp(x, 0, (width - 1) * One);
            y = Math.Clamp(y, 0, (height - 1) * One);
            column = x >> 16;
            row = y >> 16;
            right = column + 1 < width ? 1 : 0;
            below = row + 1 < height ? width : 0;
        }

        byte* cell = cells + (row * width) + column;
        int partX = (x >> 8) & 255;
        int partY = (y >> 8) & 255;
        int upper = (cell[0] << 8) + ((cell[right] - cell[0]) * partX);
        int lower = (cell[below] << 8) + ((cell[below + right] - cell[below]) * partX);
        return (upper << 8) + ((lower - upper) * partY);
    }
}
