using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Hashing;

/// <summary>The reference's own results, to the bit.</summary>
[Trait("Category", "Simd")]
public sealed class GoldenPdqTests(ITestOutputHelper output)
{
    // 19 pictures for both ways to start, 3 for Stretch512 only.
    private const int ForBoth = 19;
    private const int ForStretchOnly = 3;

    // All but the picture of 4 by 5 have their floats dumped.
    private const int WithTaps = 21;

    // Of the picture of 4 by 5 no stage after luma exists, in either mode; of 600 by 3 none in full resolution.
    private const int Stageless = 3;

    [Fact]
    public void Hash_GoldenPictures_AreTheReferences()
    {
        IReadOnlyList<GoldenPdq> all = LoadAll();
        var hasher = new PdqHasher();
        int agreed = 0;

        foreach (GoldenPdq golden in all)
        {
            PnmImage image = golden.Image;
            Fingerprint fast = hasher.Hash(image.Pixels, image.Width, image.Height, image.Format, golden.Mode);
            Fingerprint literal = LiteralPdq.Fingerprint(
                image.Pixels, image.Width, image.Height, image.Stride, image.Format, golden.Mode);
            bool agrees = fast.Hash.ToHex() == golden.Hash && fast.Quality == golden.Quality && fast == literal;
            agreed += agrees ? 1 : 0;
            string verdict = agrees ? "equal" : "DIFFERENT";
            output.WriteLine($"{golden.Name,-40} {golden.Mode,-14} {fast.Quality,3} {verdict}");
        }

        Assert.Equal((2 * ForBoth) + ForStretchOnly, agreed);
    }

    [Fact]
    public void HashDihedral_GoldenPictures_AreTheReferences()
    {
        var hasher = new PdqHasher();
        Hash256[] turns = new Hash256[PdqHasher.DihedralCount];

        foreach (GoldenPdq golden in LoadAll())
        {
            PnmImage image = golden.Image;
            int quality = hasher.HashDihedral(
                image.Pixels, image.Width, image.Height, image.Format, turns, golden.Mode);
            var literal = LiteralPdq.Run(
                image.Pixels, image.Width, image.Height, image.Stride, image.Format, golden.Mode, dihedral: true);

            Assert.Equal(golden.Turns, turns.Select(turn => turn.ToHex()));
            Assert.Equal(golden.DihedralQuality, quality);
            Assert.Equal(turns, literal.AllHashes());
            Assert.Equal(quality, literal.Quality);
        }
    }

    [Fact]
    public void Literal_EveryStage_HasTheReferencesDigest()
    {
        int stages = 0;

        foreach (GoldenPdq golden in LoadAll())
        {
            PnmImage image = golden.Image;
            var pdq = LiteralPdq.Run(
                image.Pixels, image.Width, image.Height, image.Stride, image.Format, golden.Mode, dihedral: false);
            Dictionary<string, float[]> taken = new()
            {
                ["luma_f32le"] = pdq.Luma,
                ["box1r_f32le"] = pdq.FirstRows,
                ["box1c_f32le"] = pdq.FirstColumns,
                ["box2r_f32le"] = pdq.SecondRows,
                ["box2c_f32le"] = pdq.SecondColumns,
                ["buf64_f32le"] = pdq.Samples,
                ["t16x64_f32le"] = pdq.Half,
                ["dct16_f32le"] = pdq.Coefficients,
            };

            foreach ((string stage, string digest) in golden.Digests.Where(pair => pair.Key != "hashed_pixels"))
            {
                Assert.True(digest == Digest(taken[stage]), $"{golden.Name}, {golden.Mode}, {stage}");
                stages++;
            }
        }

        Assert.Equal((((2 * ForBoth) + ForStretchOnly) * 8) - (Stageless * 7), stages);
    }

    [Fact]
    public void Hash_StagesItKeeps_HaveTheReferencesDigests()
    {
        var hasher = new PdqHasher();
        int stages = 0;

        foreach (GoldenPdq golden in LoadAll().Where(golden => golden.Digests.ContainsKey("dct16_f32le")))
        {
            PnmImage image = golden.Image;
            _ = hasher.Hash(image.Pixels, image.Width, image.Height, image.Format, golden.Mode);

            Assert.Equal(golden.Digests["buf64_f32le"], Digest(hasher.Samples));
            Assert.Equal(golden.Digests["t16x64_f32le"], Digest(hasher.Half));
            Assert.Equal(golden.Digests["dct16_f32le"], Digest(hasher.Coefficients));
            stages += 3;
        }

        Assert.Equal(((2 * ForBoth) + ForStretchOnly - Stageless) * 3, stages);
    }

    [Fact]
    public void Hash_Taps_AreEqualFloatForFloat()
    {
        var hasher = new PdqHasher();
        int taps = 0;

        foreach (GoldenPdq golden in LoadAll().Where(golden => File.Exists(golden.TapStem + ".dct16.f32")))
        {
            PnmImage image = golden.Image;
            _ = hasher.Hash(image.Pixels, image.Width, image.Height, image.Format, golden.Mode);

            Assert.Equal(Floats(golden.TapStem + ".buf64.f32"), hasher.Samples.ToArray());
            Assert.Equal(Floats(golden.TapStem + ".t16x64.f32"), hasher.Half.ToArray());
            Assert.Equal(Floats(golden.TapStem + ".dct16.f32"), hasher.Coefficients.ToArray());
            taps++;
        }

        Assert.Equal(WithTaps, taps);
    }

    private static IReadOnlyList<GoldenPdq> LoadAll()
    {
        IReadOnlyList<GoldenPdq> all = GoldenPdq.Load();
        Assert.Equal(ForBoth + ForStretchOnly, all.Count(golden => golden.Mode == PdqMode.Stretch512));
        Assert.Equal(ForBoth, all.Count(golden => golden.Mode == PdqMode.FullResolution));
        return all;
    }

    private static string Digest(ReadOnlySpan<float> values) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
