using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>The samples of <see cref="PointGrid"/>, eight side by side, on AVX2.</summary>
internal static unsafe class PointGrid256
{
    private const int Lanes = 8;

    /// <summary>Reads a row of samples.</summary>
    /// <param name="grid">The points.</param>
    /// <param name="row">Which of 64.</param>
    /// <param name="result">Takes 64: 0 to 255.</param>
    public static void Read(in PointGrid grid, int row, float* result)
    {
        Vector256<int> lanes = Vector256<int>.Indices * 2;
        Vector256<int> right = Vector256.Create(grid.RightX);
        Vector256<int> down = Vector256.Create(grid.RightY);
        (int x0, int y0) = grid.Start(2 * row);
        (int x1, int y1) = grid.Start((2 * row) + 1);
        Vector256<int> upperX = Vector256.Create(x0) + (lanes * right);
        Vector256<int> upperY = Vector256.Create(y0) + (lanes * down);
        Vector256<int> lowerX = Vector256.Create(x1) + (lanes * right);
        Vector256<int> lowerY = Vector256.Create(y1) + (lanes * down);
        for (int j = 0; j < BlurLayout.Side; j += Lanes)
        {
            Vector256<int> sum = (Blend(grid, upperX, upperY) + Blend(grid, upperX + right, upperY + down))
                + (Blend(grid, lowerX, lowerY) + Blend(grid, lowerX + right, lowerY + down));
            Vector256<float> samples = Vector256.ConvertToSingle(sum >> 2);
            (samples * Vector256.Create(1f / ViewPlacement.One)).Store(result + j);
            upperX += right * (2 * Lanes);
            upperY += down * (2 * Lanes);
            lowerX += right * (2 * Lanes);
            lowerY += down * (2 * Lanes);
        }
    }

    private static Vector256<int> Blend(in PointGrid grid, Vector256<int> x, Vector256<int> y)
    {
        int width = grid.Width;
        x = Vector256.Min(
            Vector256.Max(x, Vector256<int>.Zero), Vector256.Create((width - 1) * ViewPlacement.One));
        y = Vector256.Min(
            Vector256.Max(y, Vector256<int>.Zero), Vector256.Create((grid.Height - 1) * ViewPlacement.One));
        Vector256<int> at = ((y >> 16) * width) + (x >> 16);
        Vector256<int> partX = (x >> 8) & Vector256.Create(255);
        Vector256<int> partY = (y >> 8) & Vector256.Create(255);

        // The weights of a cell and its right neighbour, in the halves of 32 bits.
        Vector256<short> weights = (Vector256.Create(256) + (partX << 16) - partX).AsInt16();
        Vector256<int> upper = Pairs(grid.Cells, at, weights);
        Vector256<int> lower = Pairs(grid.Cells + width, at, weights);
        return (upper << 8) + ((lower - upper) * partY);
    }

    private static Vector256<int> Pairs(byte* cells, Vector256<int> at, Vector256<short> weights)
    {
        // Of the four cells that come, the first two become 16 bits each.
        Vector256<byte> four = Avx2.GatherVector256((int*)cells, at, 1).AsByte();
        Vector256<byte> spread = Vector256.Create(
            0x80018000, 0x80058004, 0x80098008, 0x800D800C, 0x80018000, 0x80058004, 0x80098008, 0x800D800C).AsByte();
        return Avx2.MultiplyAddAdjacent(Avx2.Shuffle(four, spread).AsInt16(), weights);
    }
}
