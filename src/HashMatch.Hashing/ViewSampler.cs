using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>Reads the 64 by 64 samples of a view, which PDQ's transform takes from there.</summary>
/// <remarks>
/// Each sample is the mean of 2 by 2 points, each a blend of the four cells around it in 256ths. Large views are read
/// from the half scale, so that no cell is passed over. Integers up to the end, and the floats are exact.
/// </remarks>
internal static class ViewSampler
{
    private const int Side = BlurLayout.Side;

    // From three cells a sample on, the half scale loses nothing.
    private const long LargestAtFullScale = 3L * Side * ViewPlacement.One;

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
        fixed (byte* first = cells)
        fixed (float* samples = result)
        {
            var grid = new PointGrid(first, width, height, view);
            for (int row = 0; row < Side; row++)
            {
                if (Avx2.IsSupported)
                {
                    PointGrid256.Read(grid, row, samples + (row * Side));
                }
                else
                {
                    grid.Read(row, samples + (row * Side));
                }
            }
        }
    }
}
