using HashMatch.Cli;
using HashMatch.Matching;
using Xunit;

namespace HashMatch.Tests.Cli;

public sealed class HashLineReaderTests
{
    private const string Hex = "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22";

    [Theory]
    [InlineData(Hex, null)]
    [InlineData(" " + Hex + "\t", null)]
    [InlineData("pdq " + Hex, null)]
    [InlineData("PDQ  " + Hex, null)]
    [InlineData(Hex + ",0,", 0)]
    [InlineData(Hex + ",100", 100)]
    [InlineData(Hex + ",100,a,b.jpg", 100)]
    public void TryRead_KnownForm_GivesHashAndQuality(string line, int? expected)
    {
        bool isRead = HashLineReader.TryRead(line, out Hash256 hash, out int? quality);

        Assert.True(isRead);
        Assert.Equal(Hex, hash.ToHex());
        Assert.Equal(expected, quality);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pdq")]
    [InlineData("pdq" + Hex)]
    [InlineData("md5 " + Hex)]
    [InlineData("0" + Hex)]
    [InlineData(Hex + " x")]
    [InlineData(Hex + ",101,a.jpg")]
    [InlineData(Hex + ",-1,a.jpg")]
    [InlineData(Hex + ",a.jpg")]
    [InlineData(Hex + ",")]
    [InlineData("hash,quality,filename")]
    public void TryRead_OtherText_IsRefused(string line)
    {
        bool isRead = HashLineReader.TryRead(line, out _, out _);

        Assert.False(isRead);
    }
}
