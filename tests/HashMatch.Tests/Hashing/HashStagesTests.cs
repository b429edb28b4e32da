using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Hashing;

/// <summary>What comes after the blur, stage by stage.</summary>
[Trait("Category", "Simd")]
public sealed class HashStagesTests
{
    private const int Seed = 20260102;

    [Fact]
    public void Median_RandomAndEqualValues_IsThe128thSmallest()
    {
        var random = new Random(Seed);
        float[] values = new float[256];
        for (int round = 0; round < 301; round++)
        {
            // Few different values in some rounds, so that many are equal; both signs; zeros of both signs.
            int spread = 1 << (round % 20);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(-spread, spread) * (random.Next(2) == 0 ? 0.37f : -0.37f);
            }

            float median = HashBits.Median(values);

            float[] sorted = [.. values.Order()];
            Assert.Equal(sorted[127] + 0f, median + 0f);
        }
    }

    [Fact]
    public void Of_AllEqualCoefficients_IsZero()
    {
        float[] coefficients = new float[256];
        Array.Fill(coefficients, 4.5f);

        var hash = HashBits.Of(coefficients);

        Assert.Equal(default, hash);
    }

    [Fact]
    public void Of_ZerosOfBothSigns_AreEqual()
    {
        float[] coefficients = new float[256];
        for (int i = 0; i < 256; i += 2)
        {
            coefficients[i] = -0f;
        }

        var hash = HashBits.Of(coefficients);

        Assert.Equal(default, hash);
    }

    [Fact]
    public void Of_OneCoefficientAboveTheOthers_SetsItsBitOnly()
    {
        for (int k = 0; k < 256; k++)
        {
            float[] coefficients = new float[256];
            coefficients[k] = 1;

            var hash = HashBits.Of(coefficients);

            Assert.Equal(1, hash.PopCount);
            Assert.Equal(1UL << (k % 64), hash.GetWord(k / 64));
        }
    }

    [Fact]
    public void AllOf_First_IsTheHashItself()
    {
        var random = new Random(Seed);
        float[] coefficients = [.. Enumerable.Range(0, 256).Select(_ => random.NextSingle() - 0.5f)];
        Hash256[] all = new Hash256[8];

        HashBits.AllOf(coefficients, all);

        Assert.Equal(HashBits.Of(coefficients), all[(int)Dihedral.Identity]);
        Assert.Equal(8, all.Distinct().Count());
    }

    [Fact]
    public void Quality_StepsBelowOnePercent_CountForNothing()
    {
        float[] samples = new float[64 * 64];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (i + (i / 64)) % 2 == 0 ? 0 : 2.5f;
        }

        int below = Quality.Of(samples);
        samples = [.. samples.Select(sample => sample * 1.1f)];
        int above = Quality.Of(samples);

        Assert.Equal(0, below);
        // 2 * 63 * 64 steps of one percent each, divided by 90.
        Assert.Equal(89, above);
    }

    [Fact]
    public void BoxWindow_EveryLength_CountsAsTheFourPhases()
    {
        for (int length = 5; length <= 700; length++)
        {
            var window = new BoxWindow(length);
            float[] ones = new float[length];
            Array.Fill(ones, 1f);
            float[] means = new float[length];
            LiteralPdq.Box(ones, means, 0, 1, length, (length + 127) / 128);

            Assert.InRange(window.Width, 1, length);
            int sum = 0;
            for (int tick = 0; tick < window.Ticks; tick++)
            {
                sum += tick < length ? 1 : 0;
                sum -= tick >= window.Width ? 1 : 0;
                Assert.Equal(sum, window.CountAt(tick));
            }

            Assert.All(means, mean => Assert.Equal(1f, mean));
        }
    }

    [Fact]
    public void OverWhite_Opaque_IsTheChannel()
    {
        for (int channel = 0; channel < 256; channel++)
        {
            Assert.Equal(channel, Luma.OverWhite(channel, 255));
            Assert.Equal(255, Luma.OverWhite(channel, 0));
            Assert.Equal(255, Luma.OverWhite(255, channel));
        }
    }
}
