using System.Diagnostics;
using System.IO.Compression;
using HashMatch.Media;
using HashMatch.Media.Libvips;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class HostileMetadataTests(PictureFolder folder)
{
    private readonly ImageDecoder _decoder = new();

    [Fact]
    public void Decode_PngTextThatUnpacksToGigabytes_CostsNothing()
    {
        Raster picture = Raster.Fields(67, 45);
        byte[] png = File.ReadAllBytes(folder.Convert(picture, "text-source.png"));
        byte[] text = [.. "key\0\0"u8, .. Packed(7_900_000)];
        byte[] bomb = png;
        for (int i = 0; i < 50; i++)
        {
            bomb = PngBytes.WithChunk(bomb, "zTXt"u8, text);
        }

        string path = folder.Write("text-bomb.png", bomb);
        _ = _decoder.Decode(png).Width;
        nuint peak = VipsApi.GetTrackedBytesPeak();
        long started = Stopwatch.GetTimestamp();

        picture.AssertNear(_decoder.Decode(path), 0);
        picture.AssertNear(_decoder.Decode(bomb), 0);

        Assert.InRange(VipsApi.GetTrackedBytesPeak(), 0u, peak + (1 << 20));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [Fact]
    public void Decode_FromMemory_LeavesTheCallersBytesAlone()
    {
        byte[] png = File.ReadAllBytes(folder.Convert(Raster.Fields(67, 45), "text-source.png"));
        byte[] withText = PngBytes.WithChunk(png, "tEXt"u8, "key\0value"u8);
        byte[] before = [.. withText];

        _ = _decoder.Decode(withText).Width;

        Assert.Equal(before, withText);
    }

    [Fact]
    public void KeepPixels_AnyPng_KeepsWhatShowsAndTheTailAsItIs()
    {
        byte[] png = File.ReadAllBytes(folder.Convert(Raster.Fields(67, 45), "chunks.png", "-strip"));
        byte[] kept = PngChunks.KeepPixels([.. png]).ToArray();
        byte[] orientation = PngBytes.WithChunk(kept, "eXIf"u8, [1, 2, 3]);
        byte[] more = PngBytes.WithChunk(orientation, "iCCP"u8, "profile"u8);

        Assert.Equal(kept, PngChunks.KeepPixels([.. kept]));
        Assert.Equal(orientation, PngChunks.KeepPixels([.. more]));
        Assert.Equal(orientation.AsSpan()[..^40], PngChunks.KeepPixels(more.AsSpan()[..^40].ToArray()));
        for (int length = 8; length < more.Length; length++)
        {
            Span<byte> rest = PngChunks.KeepPixels(more.AsSpan(0, length).ToArray());
            Assert.InRange(rest.Length, 8, length);
        }
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(9_998, true)]
    [InlineData(10_001, false)]
    public void Decode_TiffPages_AreBounded(int copies, bool isTaken)
    {
        byte[] tiff = TiffBytes.WithPages(TiffBytes.Float(4), copies);

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() => _ = _decoder.Decode(tiff).Width);

        Assert.Equal(isTaken ? ImageRefusal.UnsupportedPixels : ImageRefusal.TooManyPages, error.Reason);
    }

    [Theory]
    [InlineData("II*\0\u0008\0\0\0\u0001\0............\u0008\0\0\0")] // returns to its only page
    [InlineData("MM\0*\0\0\0\u0008\0\u0001............\0\0\0\u0008")]
    public void AreFew_PagesInACircle_IsFalse(string tiff) =>
        Assert.False(TiffDirectories.AreFew(System.Text.Encoding.Latin1.GetBytes(tiff)));

    [Theory]
    [InlineData("II*\0")]
    [InlineData("II*\0\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("II+\0\u0008\0\0\0\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("MM\0+\0\u0008\0\0\0\0\0\0\0\0\0\u0010\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF")]
    public void AreFew_ChainThatLeavesTheFile_Ends(string tiff) =>
        Assert.True(TiffDirectories.AreFew(System.Text.Encoding.Latin1.GetBytes(tiff)));

    private static byte[] Packed(int length)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(new byte[length]);
        }

        return packed.ToArray();
    }
}
