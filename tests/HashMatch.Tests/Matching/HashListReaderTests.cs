using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class HashListReaderTests
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
    public async Task Read_KnownForm_GivesHashAndQuality(string text, int? expected)
    {
        HashListLine line = Assert.Single(await ReadAsync(text));

        Assert.Equal(Hex, line.Hash?.ToHex());
        Assert.Equal(expected, line.Quality);
    }

    [Theory]
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
    public async Task Read_OtherText_HoldsNoHash(string text) =>
        Assert.Equal(new HashListLine(1, null, null), Assert.Single(await ReadAsync(text)));

    [Fact]
    public async Task Read_EmptyLinesAndComments_ArePassedOverAndCounted()
    {
        HashListLine[] lines = await ReadAsync($"# a list\r\n\r\n{Hex}\r\n  \n # more\nno hash");

        Assert.Equal([3, 6], lines.Select(line => line.Number));
        Assert.Equal([true, false], lines.Select(line => line.Hash is not null));
    }

    private static async Task<HashListLine[]> ReadAsync(string text) =>
        await HashListReader
            .ReadAsync(new StringReader(text), TestContext.Current.CancellationToken)
            .ToArrayAsync(TestContext.Current.CancellationToken);
}
