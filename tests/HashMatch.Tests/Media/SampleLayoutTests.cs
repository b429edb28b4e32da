using System.Runtime.InteropServices;
using HashMatch.Media;

namespace HashMatch.Tests.Media;

public sealed class SampleLayoutTests
{
    [Theory]
    [InlineData(1, false, new byte[] { 7, 200 }, new byte[] { 7, 200 })]
    [InlineData(3, false, new byte[] { 1, 2, 3 }, new byte[] { 1, 2, 3 })]
    [InlineData(2, false, new byte[] { 100, 0, 100, 255, 0, 128 }, new byte[] { 255, 100, 127 })]
    [InlineData(4, false, new byte[] { 9, 8, 7, 0, 9, 8, 7, 255 }, new byte[] { 255, 255, 255, 9, 8, 7 })]
    [InlineData(4, false, new byte[] { 0, 255, 100, 51 }, new byte[] { 204, 255, 224 })]
    [InlineData(4, true, new byte[] { 0, 0, 0, 0, 255, 0, 51, 51 }, new byte[] { 255, 255, 255, 0, 204, 163 })]
    [InlineData(4, true, new byte[] { 255, 0, 100, 102 }, new byte[] { 0, 153, 93 })]
    [InlineData(5, true, new byte[] { 255, 0, 0, 0, 0, 255, 0, 0, 0, 51 }, new byte[] { 255, 255, 255, 204, 255, 255 })]
    public void ToPixels_EachLayout_GivesGreyOrRgb(int bands, bool isCmyk, byte[] samples, byte[] expected)
    {
        var layout = new SampleLayout(bands, IsWide: false, isCmyk);
        var wide = new SampleLayout(bands, IsWide: true, isCmyk);
        ushort[] wideSamples = [.. samples.Select(sample => (ushort)((sample << 8) | 0xFF))];

        Assert.Equal(expected, layout.ToPixels([.. samples], dropAlpha: false));
        Assert.Equal(expected, wide.ToPixels(MemoryMarshal.AsBytes(wideSamples.AsSpan()), dropAlpha: false));
    }

    [Theory]
    [InlineData(2, new byte[] { 100, 0, 50, 255 }, new byte[] { 100, 50 })]
    [InlineData(4, new byte[] { 9, 8, 7, 0, 6, 5, 4, 128 }, new byte[] { 9, 8, 7, 6, 5, 4 })]
    public void ToPixels_AlphaDropped_GivesColoursAsStored(int bands, byte[] samples, byte[] expected)
    {
        var layout = new SampleLayout(bands, IsWide: false, IsCmyk: false);

        Assert.Equal(expected, layout.ToPixels([.. samples], dropAlpha: true));
    }
}
