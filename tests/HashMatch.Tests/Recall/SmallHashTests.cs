using System.Numerics;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Tests.Recall;

public sealed class SmallHashTests
{
    [Fact]
    public void Average_DarkLeftHalf_SetsTheRightHalfOfEachRow()
    {
        Picture picture = Columns(64, x => x < 32 ? 0 : 200);

        Assert.Equal(0x0F0F0F0F0F0F0F0FUL, SmallHash.Average(picture));
    }

    [Fact]
    public void Average_DarkUpperHalf_SetsTheLowerRows()
    {
        Picture picture = Turning.Turn(Columns(64, x => x < 32 ? 0 : 200), 1);

        Assert.Equal(0x00000000FFFFFFFFUL, SmallHash.Average(picture));
    }

    [Fact]
    public void Average_OneColour_SetsEveryBit() =>
        Assert.Equal(ulong.MaxValue, SmallHash.Average(Picture.Filled(50, 40, Colour.Gray(77))));

    [Fact]
    public void Difference_GrowingLighterOrDarker_SetsAllBitsOrNone()
    {
        Assert.Equal(ulong.MaxValue, SmallHash.Difference(Columns(90, x => x * 2)));
        Assert.Equal(0UL, SmallHash.Difference(Columns(90, x => 200 - (x * 2))));
        Assert.Equal(0UL, SmallHash.Difference(Picture.Filled(50, 40, Colour.Gray(77))));
    }

    [Fact]
    public void Difference_ValleyInTheMiddle_SetsTheRightHalf() =>
        Assert.Equal(0x0F0F0F0F0F0F0F0FUL, SmallHash.Difference(Columns(90, x => Math.Abs(x - 45) * 4)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Frequencies_OneCosineAcross_SetsItsBitAndNoneIfItIsTurnedOver(int frequency)
    {
        Picture wave = Columns(64, x => 128 + (int)(100 * Math.Cos((x + 0.5) * Math.PI * frequency / 64)));
        Picture turned = Turning.MirrorSideways(wave);

        // The mean is the first bit; those of a horizontal frequency k begin at bit 8 k.
        Assert.Equal(1UL, SmallHash.Frequencies(wave) >> 63);
        Assert.Equal(1UL, SmallHash.Frequencies(wave) >> (63 - (8 * frequency)) & 1);
        Assert.Equal(0UL, SmallHash.Frequencies(turned) >> (63 - (8 * frequency)) & 1);
    }

    [Fact]
    public void Frequencies_Scene_IsBalancedAndKeptByResizing()
    {
        ulong hash = SmallHash.Frequencies(Sample.Scene(300, 200));
        ulong small = SmallHash.Frequencies(Resampling.Resize(Sample.Scene(300, 200), 150, 100));
        ulong other = SmallHash.Frequencies(Turning.MirrorSideways(Sample.Scene(300, 200)));

        Assert.InRange(BitOperations.PopCount(hash), 31, 33);
        Assert.InRange(BitOperations.PopCount(hash ^ small), 0, 4);
        Assert.InRange(BitOperations.PopCount(hash ^ other), 10, 64);
    }

    private static Picture Columns(int side, Func<int, int> level)
    {
        var picture = new Picture(side, side);
        for (int x = 0; x < side; x++)
        {
            Painting.Fill(picture, x, 0, 1, side, Colour.Gray((byte)level(x)));
        }

        return picture;
    }
}
