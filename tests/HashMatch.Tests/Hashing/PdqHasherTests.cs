using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Hashing;

[Trait("Category", "Simd")]
public sealed class PdqHasherTests
{
    [Fact]
    public void Hash_EverySizeTo20_IsLiteral()
    {
        var hasher = new PdqHasher();

        for (int width = 1; width <= 20; width++)
        {
            for (int height = 1; height <= 20; height++)
            {
                PixelFormat format = (PixelFormat)((width + height) % 4);
                var picture = SyntheticPicture.Make(SyntheticKind.Noise, width, height, format, height % 2);
                CheckAgainstLiteral(hasher, picture);
            }
        }
    }

    [Theory]
    [InlineData(63, 64)]
    [InlineData(64, 63)]
    [InlineData(64, 64)]
    [InlineData(65, 130)]
    [InlineData(512, 512)]
    [InlineData(513, 300)]
    [InlineData(4000, 5)]
    [InlineData(5, 4000)]
    [InlineData(4000, 4)]
    public void Hash_OneHasherForAllSizes_IsLiteral(int width, int height)
    {
        var hasher = new PdqHasher();

        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
        {
            foreach (SyntheticKind kind in Enum.GetValues<SyntheticKind>())
            {
                CheckAgainstLiteral(hasher, SyntheticPicture.Make(kind, width, height, format, padding: 3));
            }
        }
    }

    [Fact]
    public void Hash_OpaqueAlpha_IsTheRgbHash()
    {
        var rgb = SyntheticPicture.Make(SyntheticKind.Scene, 333, 222, PixelFormat.Rgb24);
        byte[] rgba = new byte[333 * 222 * 4];
        byte[] bgra = new byte[333 * 222 * 4];
        for (int i = 0; i < 333 * 222; i++)
        {
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2], rgba[(4 * i) + 3]) =
                (rgb.Pixels[3 * i], rgb.Pixels[(3 * i) + 1], rgb.Pixels[(3 * i) + 2], 255);
            (bgra[4 * i], bgra[(4 * i) + 1], bgra[(4 * i) + 2], bgra[(4 * i) + 3]) =
                (rgb.Pixels[(3 * i) + 2], rgb.Pixels[(3 * i) + 1], rgb.Pixels[3 * i], 255);
        }

        var hasher = new PdqHasher();
        Fingerprint expected = hasher.Hash(rgb.Pixels, 333, 222, PixelFormat.Rgb24);

        Assert.Equal(expected, hasher.Hash(rgba, 333, 222, PixelFormat.Rgba32));
        Assert.Equal(expected, hasher.Hash(bgra, 333, 222, PixelFormat.Bgra32));
        Assert.True(expected.IsUsable);
    }

    [Fact]
    public void Hash_InvisiblePixels_AreWhite()
    {
        var noise = SyntheticPicture.Make(SyntheticKind.Noise, 100, 80, PixelFormat.Rgba32);
        byte[] clear = [.. noise.Pixels.Select((value, i) => i % 4 == 3 ? (byte)0 : value)];
        byte[] white = new byte[100 * 80];
        Array.Fill(white, (byte)255);
        byte[] whiteRgb = new byte[100 * 80 * 3];
        Array.Fill(whiteRgb, (byte)255);

        var hasher = new PdqHasher();
        Fingerprint fingerprint = hasher.Hash(clear, 100, 80, PixelFormat.Rgba32);

        Assert.Equal(hasher.Hash(whiteRgb, 100, 80, PixelFormat.Rgb24), fingerprint);
        Assert.Equal(0, fingerprint.Quality);
        Assert.False(fingerprint.IsUsable);
    }

    [Theory]
    [InlineData(PdqMode.FullResolution)]
    [InlineData(PdqMode.Stretch512)]
    public void Hash_OnceWarm_AllocatesNothing(PdqMode mode)
    {
        var picture = SyntheticPicture.Make(SyntheticKind.Scene, 700, 610, PixelFormat.Rgb24);
        var hasher = new PdqHasher();
        Hash256[] turns = new Hash256[8];
        Run();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(0, after - before);

        void Run()
        {
            _ = hasher.Hash(picture.Pixels, 700, 610, picture.Format, mode);
            _ = hasher.Hash(picture.Pixels, 64, 64, picture.Format, mode);
            _ = hasher.HashDihedral(picture.Pixels, 700, 610, picture.Format, turns, mode);
        }
    }

    [Fact]
    public async Task Hash_TwoHashersAtOnce_DoNotDisturbEachOther()
    {
        var first = SyntheticPicture.Make(SyntheticKind.Scene, 640, 360, PixelFormat.Rgb24, seed: 1);
        var second = SyntheticPicture.Make(SyntheticKind.Noise, 360, 640, PixelFormat.Gray8, seed: 2);
        Fingerprint expectedFirst = Literal(first, PdqMode.FullResolution);
        Fingerprint expectedSecond = Literal(second, PdqMode.FullResolution);

        int[] wrong = await Task.WhenAll(
            Task.Run(() => CountWrong(first, second, expectedFirst, expectedSecond)),
            Task.Run(() => CountWrong(second, first, expectedSecond, expectedFirst)));

        Assert.Equal([0, 0], wrong);

        static int CountWrong(
            SyntheticPicture one, SyntheticPicture other, Fingerprint expectedOne, Fingerprint expectedOther)
        {
            var hasher = new PdqHasher();
            int wrong = 0;
            for (int i = 0; i < 20; i++)
            {
                wrong += hasher.Hash(one.Pixels, one.Width, one.Height, one.Format) == expectedOne ? 0 : 1;
                wrong += hasher.Hash(other.Pixels, other.Width, other.Height, other.Format) == expectedOther ? 0 : 1;
            }

            return wrong;
        }
    }

    [Theory]
    [InlineData(0, 10, 30, PixelFormat.Rgb24, PdqMode.FullResolution, "width")]
    [InlineData(-1, 10, 30, PixelFormat.Rgb24, PdqMode.FullResolution, "width")]
    [InlineData(10, 0, 30, PixelFormat.Rgb24, PdqMode.FullResolution, "height")]
    [InlineData(10, int.MinValue, 30, PixelFormat.Rgb24, PdqMode.FullResolution, "height")]
    [InlineData(10, 10, 29, PixelFormat.Rgb24, PdqMode.FullResolution, "stride")]
    [InlineData(10, 10, -30, PixelFormat.Rgb24, PdqMode.FullResolution, "stride")]
    [InlineData(10, 11, 30, PixelFormat.Rgb24, PdqMode.FullResolution, "pixels")]
    [InlineData(10, 10, 31, PixelFormat.Rgb24, PdqMode.FullResolution, "pixels")]
    [InlineData(10, int.MaxValue, int.MaxValue, PixelFormat.Rgb24, PdqMode.FullResolution, "height")]
    [InlineData(int.MaxValue, 10, int.MaxValue, PixelFormat.Gray8, PdqMode.FullResolution, "width")]
    [InlineData(10, PdqHasher.MaxSide, int.MaxValue, PixelFormat.Rgb24, PdqMode.FullResolution, "pixels")]
    [InlineData(PdqHasher.MaxSide, 10, PdqHasher.MaxSide, PixelFormat.Gray8, PdqMode.FullResolution, "pixels")]
    [InlineData(PdqHasher.MaxSide + 1, 10, int.MaxValue, PixelFormat.Gray8, PdqMode.FullResolution, "width")]
    [InlineData(PdqHasher.MaxSide, 10, PdqHasher.MaxSide, PixelFormat.Rgb24, PdqMode.FullResolution, "stride")]
    [InlineData(10, 10, 30, (PixelFormat)4, PdqMode.FullResolution, "format")]
    [InlineData(10, 10, 30, PixelFormat.Rgb24, (PdqMode)2, "mode")]
    public void Hash_WrongArgument_IsRefusedByName(
        int width, int height, int stride, PixelFormat format, PdqMode mode, string name)
    {
        byte[] pixels = new byte[300];
        Hash256[] turns = new Hash256[8];
        var hasher = new PdqHasher();

        ArgumentException single = Assert.ThrowsAny<ArgumentException>(
            () => hasher.Hash(pixels, width, height, stride, format, mode));
        ArgumentException all = Assert.ThrowsAny<ArgumentException>(
            () => hasher.HashDihedral(pixels, width, height, stride, format, turns, mode));

        Assert.Equal(name, single.ParamName);
        Assert.Equal(name, all.ParamName);
    }

    [Fact]
    public void Hash_GreatestSides_AreRefusedForTheirPixels()
    {
        var hasher = new PdqHasher();

        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(
            () => hasher.Hash(new byte[300], PdqHasher.MaxSide, PdqHasher.MaxSide, PixelFormat.Rgba32));

        Assert.Equal("pixels", refusal.ParamName);
    }

    [Theory]
    [InlineData(PdqHasher.MaxSide, 5)]
    [InlineData(5, PdqHasher.MaxSide)]
    public void Hash_GreatestSide_IsLiteral(int width, int height)
    {
        var picture = SyntheticPicture.Make(SyntheticKind.Noise, width, height, PixelFormat.Gray8);

        Fingerprint fingerprint = new PdqHasher().Hash(picture.Pixels, width, height, picture.Format);

        Assert.Equal(Literal(picture, PdqMode.FullResolution), fingerprint);
    }

    [Fact]
    public void HashDihedral_ShortDestination_IsRefused()
    {
        var hasher = new PdqHasher();

        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(
            () => hasher.HashDihedral(new byte[300], 10, 10, PixelFormat.Rgb24, new Hash256[7]));

        Assert.Equal("destination", refusal.ParamName);
    }

    [Fact]
    public void HashDihedral_TooSmall_ClearsTheDestination()
    {
        Hash256[] turns = [.. Enumerable.Repeat(new Hash256(1, 2, 3, 4), 9)];

        int quality = new PdqHasher().HashDihedral(new byte[300], 4, 25, PixelFormat.Rgb24, turns);

        Assert.Equal(0, quality);
        Assert.All(turns[..8], turn => Assert.Equal(default, turn));
        Assert.Equal(new Hash256(1, 2, 3, 4), turns[8]);
    }

    private static Fingerprint Literal(SyntheticPicture picture, PdqMode mode) => LiteralPdq.Fingerprint(
        picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, mode);

    private static void CheckAgainstLiteral(PdqHasher hasher, SyntheticPicture picture)
    {
        Hash256[] turns = new Hash256[8];
        foreach (PdqMode mode in Enum.GetValues<PdqMode>())
        {
            Fingerprint fast = hasher.Hash(
                picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, mode);
            Assert.True(Literal(picture, mode) == fast, $"{picture} {mode}");

            int quality = hasher.HashDihedral(
                picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, turns, mode);
            var literal = LiteralPdq.Run(
                picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, mode, dihedral: true);
            Assert.True(literal.Quality == quality, $"{picture} {mode}");
            Assert.True(literal.AllHashes().AsSpan().SequenceEqual(turns), $"{picture} {mode}");
        }
    }
}
