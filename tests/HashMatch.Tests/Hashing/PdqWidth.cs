using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>The ways that the blur can run, by name, so that each is tested where the machine has it.</summary>
public enum PdqWidth
{
    OneLane,
    Lanes256,
    Lanes512,
}

internal static class PdqWidthRuns
{
    public static void SkipIfAbsent(this PdqWidth width)
    {
        bool isThere = width switch
        {
            PdqWidth.Lanes512 => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported,
            PdqWidth.Lanes256 => Avx2.IsSupported,
            _ => true,
        };
        Assert.SkipUnless(isThere, "This machine, or this run, has no such vectors.");
    }

    public static unsafe void Blur(this PdqWidth width, SyntheticPicture picture, PdqMode mode, Span<float> samples)
    {
        var workspace = new BlurWorkspace();
        fixed (byte* pixels = picture.Pixels)
        {
            var rows = new PixelRows(
                pixels, picture.Pixels.Length, picture.Width, picture.Height, picture.Stride, picture.Format, mode);
            switch (width)
            {
                case PdqWidth.Lanes512:
                    BlurSweep<Lanes512, Vector512<float>>.Run(rows, workspace, samples);
                    break;
                case PdqWidth.Lanes256:
                    BlurSweep<Lanes256, Vector256<float>>.Run(rows, workspace, samples);
                    break;
                default:
                    BlurSweep<Lanes1, float>.Run(rows, workspace, samples);
                    break;
            }
        }
    }
}
