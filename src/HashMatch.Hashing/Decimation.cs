using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>Brings a picture to the 64 by 64 that is transformed.</summary>
/// <remarks>The one place of PDQ that asks what the machine has.</remarks>
internal static class Decimation
{
    /// <summary>The row or column of the blurred picture that becomes this one of 64.</summary>
    public static int Source(int index, int length) => (int)((index + 0.5) * length / BlurLayout.Side);

    /// <summary>Blurs, then keeps 64 by 64.</summary>
    public static void Blurred(PixelRows rows, BlurWorkspace workspace, Span<float> result)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
        {
            BlurSweep<Lanes512, Vector512<float>>.Run(rows, workspace, result);
        }
        else if (Avx2.IsSupported)
        {
            BlurSweep<Lanes256, Vector256<float>>.Run(rows, workspace, result);
        }
        else
        {
            BlurSweep<Lanes1, float>.Run(rows, workspace, result);
        }
    }

    /// <summary>Takes a picture of exactly 64 by 64 as it is.</summary>
    public static unsafe void Copied(PixelRows rows, Span<float> result)
    {
        for (int y = 0; y < BlurLayout.Side; y++)
        {
            byte* row = rows.Row(y);
            for (int x = 0; x < BlurLayout.Side; x++)
            {
                result[(y * BlurLayout.Side) + x] = Luma.Of(row + (x * rows.PixelBytes), rows.Format);
            }
        }
    }
}
