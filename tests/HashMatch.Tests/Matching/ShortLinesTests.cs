using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class ShortLinesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\n\nb", "a\r", "", "b")]
    [InlineData("\n", "")]
    public async Task Read_Text_GivesItsLines(string text, params string[] expected) =>
        Assert.Equal(expected, await ReadAsync(text));

    [Theory]
    [InlineData(ShortLines.Kept - 1)]
    [InlineData(ShortLines.Kept)]
    [InlineData(ShortLines.Kept + 1)]
    [InlineData(ShortLines.Kept * 3)]
    public async Task Read_LongLine_GivesItsBeginningAndTheNext(int length)
    {
        string text = new('x', length);

        string[] lines = await ReadAsync(text + "\nnext\n" + text);

        string kept = text[..Math.Min(length, ShortLines.Kept)];
        Assert.Equal([kept, "next", kept], lines);
    }

    private static async Task<string[]> ReadAsync(string text)
    {
        List<string> lines = [];
        await foreach (string line in ShortLines.ReadAsync(
            new StringReader(text), TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return [.. lines];
    }
}
