using System.Buffers.Binary;
using HashMatch.Media;
using HashMatch.Media.Libvips;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class ImageLimitsTests(PictureFolder folder)
{
    private const int MostBytesForAHeader = 1 << 20;

    [Theory]
    [InlineData("bomb.png", ImageRefusal.TooManyPixels)]
    [InlineData("bomb.gif", ImageRefusal.TooManyPixels)]
    [InlineData("bomb.jpg", ImageRefusal.TooManyPixels)]
    [InlineData("bomb-progressive.jpg", ImageRefusal.TooManyPixels)]
    [InlineData("bomb.webp", ImageRefusal.TooManyPixels)]
    [InlineData("bomb.tiff", ImageRefusal.TooManyPixels)]
    [InlineData("bomb.heic", ImageRefusal.Damaged)] // libheif has a limit of its own
    public void Decode_GiantInAFewBytes_IsRefusedWithoutAllocating(string name, ImageRefusal reason)
    {
        byte[] file = Bomb(name);
        var decoder = new ImageDecoder();
        _ = decoder.Decode(folder.Convert(Raster.Fields(30, 20), "warm.png")).Width;
        nuint peak = VipsApi.GetTrackedBytesPeak();
        long before = GC.GetAllocatedBytesForCurrentThread();

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() => _ = decoder.Decode(file).Width);

        Assert.Equal(reason, error.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytesForAHeader);
        Assert.InRange(VipsApi.GetTrackedBytesPeak(), 0u, peak + MostBytesForAHeader);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(-1, -1)]
    public void Decode_SizeThatIsNone_IsRefused(int width, int height)
    {
        byte[] png = File.ReadAllBytes(folder.Convert(Raster.Fields(30, 20), "sized.png"));

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(
            () => _ = new ImageDecoder().Decode(PngBytes.WithSize(png, width, height)).Width);

        Assert.True(error.Reason is ImageRefusal.Damaged or ImageRefusal.SideTooLong, $"{error.Reason}");
    }

    [Fact]
    public void Decode_AtEachLimit_IsTakenAndAboveRefused()
    {
        string path = folder.Convert(Raster.Fields(300, 200), "limits.png");
        long bytes = new FileInfo(path).Length;

        Assert.Equal(300, Width(new ImageLimits { MaxFileBytes = bytes }));
        Assert.Equal(300, Width(new ImageLimits { MaxPixels = 60_000 }));
        Assert.Equal(300, Width(new ImageLimits { MaxSide = 300 }));
        Assert.Equal(ImageRefusal.FileTooLarge, Refusal(new ImageLimits { MaxFileBytes = bytes - 1 }));
        Assert.Equal(ImageRefusal.TooManyPixels, Refusal(new ImageLimits { MaxPixels = 59_999 }));
        Assert.Equal(ImageRefusal.SideTooLong, Refusal(new ImageLimits { MaxSide = 299 }));

        int Width(ImageLimits limits) => new ImageDecoder(limits).Decode(path).Width;

        ImageRefusal Refusal(ImageLimits limits)
        {
            ImageRefusal byPath = Assert.Throws<ImageRefusedException>(() => Width(limits)).Reason;
            ImageRefusal byMemory = Assert.Throws<ImageRefusedException>(
                () => _ = new ImageDecoder(limits).Decode(File.ReadAllBytes(path)).Width).Reason;
            Assert.Equal(byPath, byMemory);
            return byPath;
        }
    }

    [Fact]
    public void Decode_AboveTheTime_IsRefused()
    {
        string path = folder.Convert(Raster.Fields(1501, 803), "slow.png");
        var decoder = new ImageDecoder(new ImageLimits { MaxTime = TimeSpan.FromTicks(1) });

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() => _ = decoder.Decode(path).Width);

        Assert.Equal(ImageRefusal.TookTooLong, error.Reason);
    }

    [Fact]
    public void Init_LimitOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxFileBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxFileBytes = 1L << 40 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxPixels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxPixels = 200_000_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxSide = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxTime = TimeSpan.Zero });
    }

    private byte[] Bomb(string name)
    {
        byte[] file = File.ReadAllBytes(name switch
        {
            "bomb.heic" => folder.EncodeHeif(Raster.Fields(64, 48), "small.heic"),
            "bomb-progressive.jpg" => folder.Convert(Raster.Fields(16, 16), "tiny-" + name, "-interlace", "JPEG"),
            _ => folder.Convert(Raster.Fields(16, 16), "tiny-" + name, "-quality", "50", "-strip"),
        });
        switch (name)
        {
            case "bomb.png":
                return PngBytes.WithSize(file, 60_000, 60_000);
            case "bomb.gif":
                // The screen's size follows the signature; that of the frame, its mark and position.
                file.AsSpan(6, 4).Fill(0xFF);
                file.AsSpan(file.AsSpan().LastIndexOf<byte>([0x2C, 0, 0, 0, 0]) + 5, 4).Fill(0xFF);
                return file;
            case "bomb.webp":
                // The 14-bit sides of a lossy frame.
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(26), 0x3FFF_3FFF);
                return file;
            case "bomb.tiff":
                return TiffBytes.Grey(60_000, 60_000);
            case "bomb.heic":
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(file.AsSpan().IndexOf("ispe"u8) + 8), 60_000);
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(file.AsSpan().IndexOf("ispe"u8) + 12), 60_000);
                return file;
            default:
                return JpegBytes.WithSize(file, 65_500, 65_500);
        }
    }
}
