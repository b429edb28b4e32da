using System.Runtime.InteropServices;
using HashMatch.Media;
using HashMatch.Media.Libvips;

namespace HashMatch.Tests.Media;

/// <summary>
/// Behind the first wall, which is that no other loader is ever named, stands a second: they are shut.
/// </summary>
[Collection(DecoderTests.Name)]
public sealed class BlockedLoaderTests(PictureFolder folder)
{
    private const string Pdf =
        """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 10]>>endobj
        trailer<</Root 1 0 R>>
        """;

    private const string Svg =
        """<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="9" height="9"/></svg>""";

    [Theory]
    [InlineData("pdfload_source", Pdf)]
    [InlineData("svgload_source", Svg)]
    [InlineData("ppmload_source", "P2\n2 1\n255\n10 20\n")]
    [InlineData("csvload_source", "1,2,3\n4,5,6\n")]
    [InlineData("matrixload_source", "2 1\n1 2\n")]
    public unsafe void Load_BlockedByNameWithAValidFile_IsRefusedInsideLibvips(string loader, string content)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(content);
        _ = new ImageDecoder().Decode(folder.Convert(Raster.Fields(30, 20), "start.png")).Width;

        bool isOpen;
        fixed (byte* file = bytes)
        {
            isOpen = VipsImage.TryOpen(loader, file, bytes.Length, out _);
        }

        // The error text is asked for here alone, to tell "blocked" from "not built into this libvips".
        byte* text = VipsApi.TakeError();
        string error = Marshal.PtrToStringUTF8((nint)text)!;
        VipsApi.Free(text);
        Assert.False(isOpen);
        Assert.Contains("blocked", error, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void Load_LoaderOfAnotherFormat_IsRefused()
    {
        byte[] png = File.ReadAllBytes(folder.Convert(Raster.Fields(30, 20), "start.png"));
        _ = new ImageDecoder().Decode(png).Width;

        foreach (string loader in (string[])["jpegload_source", "gifload_source", "webpload_source", "heifload_source"])
        {
            fixed (byte* file = png)
            {
                Assert.False(VipsImage.TryOpen(loader, file, png.Length, out _), loader);
            }
        }
    }

    [Fact]
    public unsafe void Load_NoSuchOperation_IsRefused()
    {
        byte[] png = File.ReadAllBytes(folder.Convert(Raster.Fields(30, 20), "start.png"));
        _ = new ImageDecoder().Decode(png).Width;

        fixed (byte* file = png)
        {
            Assert.False(VipsImage.TryOpen("no_such_loader", file, png.Length, out _));
        }
    }
}
