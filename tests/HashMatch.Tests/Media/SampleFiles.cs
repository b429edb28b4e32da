namespace HashMatch.Tests.Media;

/// <summary>
/// One small valid file of each format and of each way to code it that takes another path in a decoder.
/// </summary>
internal static class SampleFiles
{
    private static readonly (string Name, string[] Options)[] ByImageMagick =
    [
        ("sample.jpg", ["-quality", "85"]),
        ("sample-progressive.jpg", ["-quality", "85", "-interlace", "JPEG"]),
        ("sample.png", []),
        ("sample-adam7.png", ["-interlace", "PNG"]),
        ("sample.gif", ["-colors", "64"]),
        ("sample-animated.gif", ["(", "+clone", "-negate", ")", "-colors", "32"]),
        ("sample.webp", ["-quality", "80"]),
        ("sample-lossless.webp", ["-define", "webp:lossless=true"]),
        ("sample-animated.webp", ["(", "+clone", "-negate", ")"]),
        ("sample.tiff", ["-compress", "None"]),
        ("sample-lzw.tiff", ["-compress", "LZW"]),
        ("sample-zip.tiff", ["-compress", "Zip"]),
        ("sample-jpeg.tiff", ["-compress", "JPEG"]),
    ];

    /// <summary>Makes the files, those of them that are not there yet.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> In(PictureFolder folder)
    {
        Raster picture = Raster.Slopes(64, 48);
        foreach ((string name, string[] options) in ByImageMagick)
        {
            yield return (name, File.ReadAllBytes(folder.Convert(picture, name, options)));
        }

        yield return ("sample.heic", File.ReadAllBytes(folder.EncodeHeif(picture, "sample.heic", "-q", "50")));
        yield return ("sample.avif", File.ReadAllBytes(folder.EncodeHeif(picture, "sample.avif", "-A", "-q", "50")));
    }
}
