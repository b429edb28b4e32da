using System.Buffers.Binary;
using HashMatch.Hashing;
using HashMatch.Media;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class ImageDecoderFormatTests(PictureFolder folder)
{
    private readonly ImageDecoder _decoder = new();

    [Theory]
    [InlineData("rgb.png", "-define", "png:color-type=2")]
    [InlineData("palette.png", "-define", "png:color-type=3")]
    [InlineData("adam7.png", "-interlace", "PNG")]
    [InlineData("plain.gif")]
    [InlineData("lossless.webp", "-define", "webp:lossless=true")]
    [InlineData("none.tiff", "-compress", "None")]
    [InlineData("lzw.tiff", "-compress", "LZW")]
    [InlineData("zip.tiff", "-compress", "Zip")]
    [InlineData("tiled.tiff", "-compress", "None", "-define", "tiff:tile-geometry=32x32")]
    [InlineData("big-endian.tiff", "-endian", "MSB")]
    [InlineData("palette.tiff", "-type", "Palette")]
    public void Decode_LosslessFile_GivesItsPixels(string name, params string[] options)
    {
        Raster picture = Raster.Fields(67, 45);
        string path = folder.Convert(picture, name, options);

        DecodedImage image = _decoder.Decode(path);

        picture.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("plain.jpg", 4, "-quality", "92", "-sampling-factor", "4:2:0")]
    [InlineData("progressive.jpg", 4, "-quality", "92", "-interlace", "JPEG")]
    [InlineData("lossy.webp", 12, "-quality", "90")]
    [InlineData("jpeg.tiff", 6, "-compress", "JPEG", "-quality", "92")]
    public void Decode_LossyFile_GivesNearlyItsPixels(string name, int tolerance, params string[] options)
    {
        Raster picture = Raster.Slopes(131, 77);
        string path = folder.Convert(picture, name, options);

        DecodedImage image = _decoder.Decode(path);

        picture.AssertNear(image, tolerance);
    }

    [Theory]
    [InlineData("lossy.heic", 8, "-q", "90")]
    [InlineData("lossy.avif", 8, "-A", "-q", "90")]
    [InlineData("lossless.heic", 1, "-L", "-p", "chroma=444", "--matrix_coefficients=0")]
    public void Decode_HeifFile_GivesNearlyItsPixels(string name, int tolerance, params string[] options)
    {
        Raster picture = Raster.Slopes(132, 76);
        string path = folder.EncodeHeif(picture, name, options);

        DecodedImage image = _decoder.Decode(path);

        picture.AssertNear(image, tolerance);
    }

    [Theory]
    [InlineData("4:4:4", "None")]
    [InlineData("4:2:0", "None")]
    [InlineData("4:2:2", "JPEG")]
    public void Decode_Jpeg_EqualsImageMagick(string sampling, string interlace)
    {
        Raster picture = Raster.Fields(203, 149);
        string name = $"magick{sampling.Replace(":", "", StringComparison.Ordinal)}.jpg";
        string path = folder.Convert(picture, name, "-sampling-factor", sampling, "-interlace", interlace);
        Raster expected = Raster.Read(folder.Run("convert", name, "ppm:-"));

        DecodedImage image = _decoder.Decode(path);

        expected.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("grey.png")]
    [InlineData("grey.tiff")]
    [InlineData("grey.jpg", "-quality", "100")]
    public void Decode_GreyFile_GivesOneBand(string name, params string[] options)
    {
        Raster picture = Raster.Make(70, 50, 1, (x, y, _) => (byte)((x * 2) + y));
        string path = folder.Convert(picture, name, options);

        DecodedImage image = _decoder.Decode(path);

        picture.AssertNear(image, 2);
    }

    [Theory]
    [InlineData("bits.png", "-define", "png:bit-depth=1")]
    [InlineData("fax.tiff", "-monochrome", "-compress", "Group4")]
    public void Decode_OneBitFile_GivesBlackAndWhite(string name, params string[] options)
    {
        Raster picture = Raster.Make(70, 50, 1, (x, y, _) => (byte)(x > y ? 255 : 0));
        string path = folder.Convert(picture, name, options);

        DecodedImage image = _decoder.Decode(path);

        picture.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("wide.png", 3)]
    [InlineData("wide.tiff", 3)]
    [InlineData("wide-grey.png", 1)]
    public void Decode_SixteenBitFile_GivesUpperBytes(string name, int bands)
    {
        // The lower byte is great, so that rounding instead of shifting would show.
        Raster upper = bands == 3 ? Raster.Slopes(60, 40) : Raster.Make(60, 40, 1, (x, y, _) => (byte)((x * 3) + y));
        byte[] samples = new byte[upper.Pixels.Length * 2];
        for (int i = 0; i < upper.Pixels.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(samples.AsSpan(i * 2), (ushort)((upper.Pixels[i] << 8) | 0xF3));
        }

        byte[] header = System.Text.Encoding.ASCII.GetBytes($"P{(bands == 3 ? 6 : 5)}\n60 40\n65535\n");
        folder.Write("wide.pnm", [.. header, .. samples]);
        folder.Run("convert", "wide.pnm", name);

        DecodedImage image = _decoder.Decode(folder[name]);

        upper.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("alpha.png", 0)]
    [InlineData("alpha.tiff", 0)]
    [InlineData("alpha.webp", 0)]
    [InlineData("alpha16.png", 1)]
    public void Decode_Transparency_IsLaidOverWhite(string name, int tolerance)
    {
        Raster picture = Raster.Fields(66, 44);
        Raster alpha = Raster.Make(66, 44, 1, (x, _, _) => (byte)(x * 255 / 65));
        folder.Write("colour.pnm", picture.ToPnm());
        folder.Write("alpha.pnm", alpha.ToPnm());
        folder.Run(
            "convert", "colour.pnm", "alpha.pnm", "-alpha", "off", "-compose", "CopyOpacity", "-composite",
            "-define", "webp:lossless=true", "-define", "webp:exact=true",
            "-depth", name == "alpha16.png" ? "16" : "8",
            "-define", name == "alpha16.png" ? "png:bit-depth=16" : "png:bit-depth=8", name);
        Raster expected = Raster.Make(66, 44, 3, (x, y, band) =>
        {
            double part = alpha.Pixels[(y * 66) + x] / 255.0;
            return (byte)Math.Round((picture.Pixels[(((y * 66) + x) * 3) + band] * part) + (255 * (1 - part)));
        });

        DecodedImage image = _decoder.Decode(folder[name]);

        expected.AssertNear(image, tolerance);
    }

    [Fact]
    public void Decode_GreyWithAlpha_GivesOneBandOverWhite()
    {
        folder.Run(
            "convert", "-size", "20x10", "xc:gray(100)", "-alpha", "set", "-channel", "A", "-evaluate", "set", "0",
            "-define", "png:color-type=4", "grey-alpha.png");

        DecodedImage image = _decoder.Decode(folder["grey-alpha.png"]);

        Assert.Equal(PixelFormat.Gray8, image.Format);
        Assert.Equal(200, image.Pixels.Length);
        Assert.Equal(-1, image.Pixels.IndexOfAnyExcept((byte)255));
    }

    [Theory]
    [InlineData("clear.gif")]
    [InlineData("PNG8:clear-palette.png")]
    public void Decode_TransparentPaletteColour_BecomesWhite(string name)
    {
        Raster picture = Raster.Fields(66, 44);
        folder.Convert(picture, name, "-transparent", "rgb(20,160,60)");
        Raster expected = picture with
        {
            Pixels = [.. picture.Pixels.Chunk(3).SelectMany(p => p is [20, 160, 60] ? [255, 255, 255] : p)],
        };

        DecodedImage image = _decoder.Decode(folder[name.Replace("PNG8:", "", StringComparison.Ordinal)]);

        expected.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("cmyk.tiff", 2, "-compress", "None")]
    [InlineData("cmyk.jpg", 6, "-quality", "98", "-sampling-factor", "4:4:4")]
    public void Decode_Cmyk_GivesRgbByTheFormula(string name, int tolerance, params string[] options)
    {
        Raster picture = Raster.Fields(64, 48);
        folder.Convert(picture, name, ["-colorspace", "CMYK", .. options]);

        DecodedImage image = _decoder.Decode(folder[name]);

        picture.AssertNear(image, tolerance);
    }

    [Theory]
    [InlineData("frames.gif")]
    [InlineData("frames.webp", "-define", "webp:lossless=true")]
    [InlineData("pages.tiff")]
    public void Decode_SeveralFrames_GivesTheFirst(string name, params string[] options)
    {
        Raster first = Raster.Fields(63, 42);
        folder.Write("first.pnm", first.ToPnm());
        folder.Write("second.pnm", Raster.Make(63, 42, 3, (_, _, band) => (byte)(band * 100)).ToPnm());
        folder.Run("convert", ["first.pnm", "second.pnm", "first.pnm", .. options, name]);

        DecodedImage image = _decoder.Decode(folder[name]);

        first.AssertNear(image, 0);
    }

    [Fact]
    public void Decode_GifFrameSmallerThanThePicture_LiesOnWhite()
    {
        Raster frame = Raster.Fields(30, 20);
        folder.Write("frame.pnm", frame.ToPnm());
        folder.Run("convert", "frame.pnm", "-page", "50x40+12+7", "small-frame.gif");
        Raster expected = Raster.Make(50, 40, 3, (x, y, band) =>
            x is >= 12 and < 42 && y is >= 7 and < 27
                ? frame.Pixels[((((y - 7) * 30) + x - 12) * 3) + band]
                : (byte)255);

        DecodedImage image = _decoder.Decode(folder["small-frame.gif"]);

        expected.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("renamed.jpg", "png")]
    [InlineData("renamed.heic", "gif")]
    [InlineData("renamed.txt", "tiff")]
    [InlineData("no-extension", "webp")]
    public void Decode_WrongName_GoesByContent(string name, string format)
    {
        Raster picture = Raster.Fields(50, 40);
        folder.Write("source.pnm", picture.ToPnm());
        folder.Run("convert", "source.pnm", "-define", "webp:lossless=true", $"{format}:{name}");

        DecodedImage image = _decoder.Decode(folder[name]);

        picture.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("one.jpg", "-quality", "100")]
    [InlineData("one.png")]
    [InlineData("one.gif")]
    [InlineData("one.webp", "-define", "webp:lossless=true")]
    [InlineData("one.tiff")]
    public void Decode_OnePixel_GivesIt(string name, params string[] options)
    {
        Raster picture = Raster.Make(1, 1, 3, (_, _, band) => (byte)(100 + (band * 20)));
        string path = folder.Convert(picture, name, options);

        DecodedImage image = _decoder.Decode(path);

        picture.AssertNear(image, 2);
    }

    [Fact]
    public void Decode_ColourProfile_ChangesNothing()
    {
        string path = folder.Convert(Raster.Fields(67, 45), "profile-source.png");
        byte[] plain = File.ReadAllBytes(path);
        byte[] gamma = PngBytes.WithChunk(plain, "gAMA"u8, [0, 1, 0, 0]);
        byte[] expected = _decoder.Decode(plain).Pixels.ToArray();

        DecodedImage image = _decoder.Decode(gamma);

        Assert.Equal(expected, image.Pixels);
    }

    [Fact]
    public void Decode_FloatTiff_IsRefused()
    {
        byte[] tiff = TiffBytes.Float(30);

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() => _ = _decoder.Decode(tiff).Width);

        Assert.Equal(ImageRefusal.UnsupportedPixels, error.Reason);
    }

    [Theory]
    [InlineData("ycc.tiff", "-compress", "None")]
    [InlineData("ycc-lzw.tiff", "-compress", "LZW")]
    [InlineData("ycc-msb.tiff", "-endian", "MSB")]
    public void Decode_YccTiffOutsideJpeg_IsRefused(string name, params string[] options)
    {
        // Its samples would be taken for RGB.
        string path = folder.Convert(Raster.Fields(30, 20), name, ["-colorspace", "YCbCr", .. options]);

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() => _ = _decoder.Decode(path).Width);

        Assert.Equal(ImageRefusal.UnsupportedPixels, error.Reason);
    }

    [Fact]
    public void Decode_LabTiff_IsRefused()
    {
        // Packed LAB has four bytes a pixel and must never be taken for RGB with transparency.
        string path = folder.Convert(Raster.Fields(30, 20), "lab.tiff", "-colorspace", "Lab");

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() => _ = _decoder.Decode(path).Width);

        Assert.Equal(ImageRefusal.UnsupportedPixels, error.Reason);
    }

    [Fact]
    public void Decode_SmallAfterLarge_GivesOnlyTheSmallOne()
    {
        Raster large = Raster.Fields(400, 300);
        Raster small = Raster.Slopes(20, 10);
        string largePath = folder.Convert(large, "large.png");
        string smallPath = folder.Convert(small, "small.png");
        _ = _decoder.Decode(largePath);

        DecodedImage image = _decoder.Decode(smallPath);

        small.AssertNear(image, 0);
    }
}
