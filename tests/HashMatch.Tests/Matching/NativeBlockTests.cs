using HashMatch.Matching.Memory;

namespace HashMatch.Tests.Matching;

public sealed class NativeBlockTests
{
    [Theory]
    [InlineData(1, 4_096, 4_096)]
    [InlineData(65_536, 65_536, 65_536)]
    [InlineData(65_537, 65_536, 131_072)]
    [InlineData(100_000, 16_384, 114_688)]
    public void WholePages_PagesOfAnySize_EndsWithAPage(int length, int page, int expected) =>
        Assert.Equal((nuint)expected, NativeBlock.WholePages((nuint)length, (nuint)page));
}
