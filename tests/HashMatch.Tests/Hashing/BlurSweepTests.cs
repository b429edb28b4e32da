using System.Runtime.InteropServices;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>Each vector width against the literal version, to the last bit of 64 by 64 floats.</summary>
[Trait("Category", "Simd")]
public sealed class BlurSweepTests
{
    private static readonly PixelFormat[] Formats = Enum.GetValues<PixelFormat>();
    private static readonly SyntheticKind[] Kinds = Enum.GetValues<SyntheticKind>();

    [Theory]
    [InlineData(PdqWidth.OneLane)]
    [InlineData(PdqWidth.Lanes256)]
    [InlineData(PdqWidth.Lanes512)]
    public void Run_SmallSizes_IsLiteral(PdqWidth width)
    {
        width.SkipIfAbsent();

        for (int columns = 5; columns <= 40; columns++)
        {
            for (int rows = 5; rows <= 40; rows += columns <= 20 ? 1 : 5)
            {
                PixelFormat format = Formats[(columns + rows) % Formats.Length];
                SyntheticKind kind = Kinds[(columns + (3 * rows)) % Kinds.Length];
                Check(width, SyntheticPicture.Make(kind, columns, rows, format, rows % 3), PdqMode.FullResolution);
            }
        }
    }

    [Theory]
    [InlineData(PdqWidth.OneLane)]
    [InlineData(PdqWidth.Lanes256)]
    [InlineData(PdqWidth.Lanes512)]
    public void Run_SizesAroundTheWindowsSteps_IsLiteral(PdqWidth width)
    {
        width.SkipIfAbsent();
        int[] sides = [63, 64, 65, 66, 127, 128, 129, 130, 255, 256, 257, 258, 511, 512, 513, 514];

        for (int i = 0; i < sides.Length; i++)
        {
            int other = sides[(i * 5) % sides.Length];
            PixelFormat format = Formats[i % Formats.Length];
            SyntheticKind kind = Kinds[i % Kinds.Length];
            Check(width, SyntheticPicture.Make(kind, sides[i], other, format, i % 4), PdqMode.FullResolution);
            Check(width, SyntheticPicture.Make(kind, sides[i], 37, format), PdqMode.Stretch512);
        }
    }

    [Theory]
    [InlineData(PdqWidth.OneLane, PdqMode.FullResolution)]
    [InlineData(PdqWidth.OneLane, PdqMode.Stretch512)]
    [InlineData(PdqWidth.Lanes256, PdqMode.FullResolution)]
    [InlineData(PdqWidth.Lanes256, PdqMode.Stretch512)]
    [InlineData(PdqWidth.Lanes512, PdqMode.FullResolution)]
    [InlineData(PdqWidth.Lanes512, PdqMode.Stretch512)]
    public void Run_LargeAndExtremeSizes_IsLiteral(PdqWidth width, PdqMode mode)
    {
        width.SkipIfAbsent();
        (int Columns, int Rows)[] sizes =
        [
            (640, 360), (1000, 700), (5, 4000), (4000, 5), (1025, 1023), (9, 6500), (6500, 9), (66_000, 6), (6, 66_000),
        ];

        for (int i = 0; i < sizes.Length; i++)
        {
            (int columns, int rows) = sizes[i];
            SyntheticKind kind = i < 4 ? SyntheticKind.Scene : Kinds[i % Kinds.Length];
            Check(width, SyntheticPicture.Make(kind, columns, rows, Formats[i % Formats.Length], i), mode);
        }
    }

    [Theory]
    [InlineData(PdqWidth.OneLane)]
    [InlineData(PdqWidth.Lanes256)]
    [InlineData(PdqWidth.Lanes512)]
    public void Run_EveryFormatAndKind_IsLiteral(PdqWidth width)
    {
        width.SkipIfAbsent();

        foreach (PixelFormat format in Formats)
        {
            foreach (SyntheticKind kind in Kinds)
            {
                Check(width, SyntheticPicture.Make(kind, 301, 211, format, padding: 5), PdqMode.FullResolution);
                Check(width, SyntheticPicture.Make(kind, 176, 160, format), PdqMode.FullResolution);
                Check(width, SyntheticPicture.Make(kind, 530, 90, format, padding: 1), PdqMode.Stretch512);
            }
        }
    }

    private static void Check(PdqWidth width, SyntheticPicture picture, PdqMode mode)
    {
        float[] samples = new float[64 * 64];
        width.Blur(picture, mode, samples);
        var literal = LiteralPdq.Run(
            picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, mode, dihedral: true);

        // As bytes, since minus zero is not zero here.
        ReadOnlySpan<byte> expected = MemoryMarshal.AsBytes<float>(literal.Samples);
        Assert.True(MemoryMarshal.AsBytes<float>(samples).SequenceEqual(expected), $"{picture} {mode}");
    }
}
