using HashMatch.Cli;
using HashMatch.Protocol;

namespace HashMatch.Tests.Cli;

public sealed class SecretShapeTests
{
    [Theory]
    [InlineData("IMG_20240101_120000.jpg")]
    [InlineData("photo-of-the-beach-and-the-sea")]
    [InlineData("./0123456789abcdef")]
    [InlineData("--adult")]
    [InlineData("")]
    public void IsLikely_NameOfAFile_IsNot(string text)
    {
        bool isLikely = SecretShape.IsLikely(text);

        Assert.False(isLikely);
    }

    [Fact]
    public void IsLikely_CaseKeyWithOneLetterMissingOrTwice_Is()
    {
        string key = new CaseKey("0123456789abcdef"u8).ToText();

        bool isMissing = SecretShape.IsLikely(key[1..]);
        bool isTwice = SecretShape.IsLikely(key[..1] + key);

        Assert.True(isMissing);
        Assert.True(isTwice);
    }
}
