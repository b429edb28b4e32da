using HashMatch.Media;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class WebpHeaderTests(PictureFolder folder)
{
    [Theory]
    [InlineData("stated-lossy.webp", "-quality", "50")]
    [InlineData("stated-lossless.webp", "-define", "webp:lossless=true")]
    [InlineData("stated-canvas.webp", "-alpha", "set", "-channel", "A", "-evaluate", "set", "50%")]
    [InlineData("stated-animation.webp", "(", "+clone", "-negate", ")")]
    public void TryReadSize_ByAnEncoder_IsTheDecodersSize(string name, params string[] options)
    {
        byte[] file = File.ReadAllBytes(folder.Convert(Raster.Slopes(317, 201), name, options));

        Assert.True(WebpHeader.TryReadSize(file, out int width, out int height));
        DecodedImage image = new ImageDecoder().Decode(file);

        Assert.Equal((317, 201), (width, height));
        Assert.Equal((317, 201), (image.Width, image.Height));
    }

    [Theory]
    [InlineData("524946461200000057454250", false)]
    [InlineData("5249464612000000574542505650384C060000002F416C6F", false)]
    [InlineData("5249464612000000574542505650384C060000002F416C6F00", true)]
    [InlineData("52494646120000005745425056503820060000002F416C6F00000000", false)]
    [InlineData("52494646120000005745425058585858060000002F416C6F0000000000000000", false)]
    public void TryReadSize_FewBytes_TellsWhetherASizeIsThere(string hex, bool isThere)
    {
        Assert.Equal(isThere, WebpHeader.TryReadSize(Convert.FromHexString(hex), out int width, out int height));
        Assert.Equal(isThere, width > 0 && height > 0);
    }
}
