using HashMatch.Media;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class ImageOrientationTests(PictureFolder folder)
{
    private readonly ImageDecoder _decoder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_ExifOrientation_EqualsImageMagick(int orientation)
    {
        // Wide enough for several strips.
        byte[] jpeg = File.ReadAllBytes(folder.Convert(Raster.Fields(1501, 803), "upright.jpg"));
        folder.Write("turned.jpg", JpegBytes.WithOrientation(jpeg, orientation));
        Raster expected = Raster.Read(folder.Run("convert", "turned.jpg", "-auto-orient", "ppm:-"));

        DecodedImage image = _decoder.Decode(folder["turned.jpg"]);

        expected.AssertNear(image, 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_OrientedGrey_EqualsImageMagick(int orientation)
    {
        Raster grey = Raster.Make(701, 1003, 1, (x, y, _) => (byte)((x / 5) + (y / 9)));
        byte[] jpeg = File.ReadAllBytes(folder.Convert(grey, "upright-grey.jpg"));
        folder.Write("turned-grey.jpg", JpegBytes.WithOrientation(jpeg, orientation));
        Raster expected = Raster.Read(folder.Run("convert", "turned-grey.jpg", "-auto-orient", "pgm:-"));

        DecodedImage image = _decoder.Decode(folder["turned-grey.jpg"]);

        expected.AssertNear(image, 0);
    }

    [Theory]
    [InlineData("BottomRight")]
    [InlineData("RightTop")]
    [InlineData("LeftBottom")]
    public void Decode_OrientedTiff_EqualsImageMagick(string orientation)
    {
        string name = orientation + ".tiff";
        string path = folder.Convert(Raster.Fields(90, 40), name, "-orient", orientation);
        Raster expected = Raster.Read(folder.Run("convert", name, "-auto-orient", "ppm:-"));

        DecodedImage image = _decoder.Decode(path);

        expected.AssertNear(image, 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(255)]
    public void Decode_OrientationOutOfRange_IsTakenAsUpright(int orientation)
    {
        byte[] jpeg = File.ReadAllBytes(folder.Convert(Raster.Fields(150, 80), "in-range.jpg"));
        byte[] expected = _decoder.Decode(jpeg).Pixels.ToArray();

        DecodedImage image = _decoder.Decode(JpegBytes.WithOrientation(jpeg, orientation));

        Assert.Equal(150, image.Width);
        Assert.Equal(expected, image.Pixels);
    }

    [Fact]
    public void Decode_AsStored_IsNotTurned()
    {
        byte[] jpeg = File.ReadAllBytes(folder.Convert(Raster.Fields(150, 80), "stored.jpg"));
        byte[] expected = _decoder.Decode(jpeg).Pixels.ToArray();

        DecodedImage image = _decoder.Decode(JpegBytes.WithOrientation(jpeg, 6), asStored: true);

        Assert.Equal(150, image.Width);
        Assert.Equal(expected, image.Pixels);
    }

    [Fact]
    public void Decode_OrientedPng_IsTurned()
    {
        Raster picture = Raster.Fields(67, 45);
        byte[] png = File.ReadAllBytes(folder.Convert(picture, "turned-source.png"));

        DecodedImage image = _decoder.Decode(PngBytes.WithChunk(png, "eXIf"u8, JpegBytes.Exif(3)));

        byte[] expected = [.. picture.Pixels.Chunk(3).Reverse().SelectMany(pixel => pixel)];
        Assert.Equal(expected, image.Pixels);
    }

    [Fact]
    public void Decode_OrientedWebp_IsTurned()
    {
        Raster picture = Raster.Fields(67, 45);
        folder.Convert(picture, "turned-source.webp", "-define", "webp:lossless=true");
        folder.Write("three.exif", JpegBytes.Exif(3));
        folder.Run("webpmux", "-set", "exif", "three.exif", "turned-source.webp", "-o", "turned.webp");

        DecodedImage image = _decoder.Decode(folder["turned.webp"]);

        byte[] expected = [.. picture.Pixels.Chunk(3).Reverse().SelectMany(pixel => pixel)];
        Assert.Equal(expected, image.Pixels);
    }
}
