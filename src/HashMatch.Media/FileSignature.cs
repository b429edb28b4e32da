using System.Buffers.Binary;

namespace HashMatch.Media;

/// <summary>Tells from a file's first bytes which decoder takes it. Its name is never asked.</summary>
internal static class FileSignature
{
    /// <summary>The loader that is named for GIF.</summary>
    public const string GifLoader = "gifload_source";

    /// <summary>The loader that is named for PNG.</summary>
    public const string PngLoader = "pngload_source";

    /// <summary>The loader that is named for TIFF.</summary>
    public const string TiffLoader = "tiffload_source";

    /// <summary>The loader that is named for WebP.</summary>
    public const string WebpLoader = "webpload_source";

    private const string OtherPicture =
        "This kind of picture cannot be read here. Save it as JPEG or PNG, then try again.";

    private const string Raw =
        "This is a camera's raw file. Export the picture as JPEG, then try again.";

    private const string Document =
        "This is a document, not a picture. Save the picture in it as JPEG or PNG, then try again.";

    private const string Drawing =
        "This is a drawing, not a photo. Save it as PNG, then try again.";

    private const string Archive =
        "This is an archive. Unpack it and choose the picture in it.";

    private const string Sound = "This is a sound file, not a picture. Choose a picture.";

    /// <summary>Names libvips's loader for the file.</summary>
    /// <exception cref="ImageRefusedException">
    /// It is of another kind; the message says which, where that is known.
    /// </exception>
    public static string Loader(ReadOnlySpan<byte> file)
    {
        return file switch
        {
            [] => throw new ImageRefusedException(ImageRefusal.Empty),
            [0xFF, 0xD8, 0xFF, ..] => "jpegload_source",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngLoader,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifLoader,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, ..] => LoaderOfRiff(file[8..]),
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => LoaderOfTiff(file),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => LoaderOfBoxes(file),
            _ => throw Refuse(file),
        };
    }

    private static string LoaderOfRiff(ReadOnlySpan<byte> kind)
    {
        if (kind.StartsWith("WEBP"u8))
        {
            return WebpLoader;
        }

        throw kind.StartsWith("AVI "u8) ? new ImageRefusedException(ImageRefusal.Video)
            : kind.StartsWith("WAVE"u8) ? Unsupported(Sound)
            : new ImageRefusedException(ImageRefusal.UnknownFormat);
    }

    private static string LoaderOfTiff(ReadOnlySpan<byte> file)
    {
        // Canon's CR2 is a TIFF whose first page is a small preview.
        return file.Length > 10 && file[8..].StartsWith("CR"u8) ? throw Unsupported(Raw) : TiffLoader;
    }

    // ISO base media files name what they are in brands: the main one, a version, then those they also conform to.
    private static string LoaderOfBoxes(ReadOnlySpan<byte> file)
    {
        long stated = BinaryPrimitives.ReadUInt32BigEndian(file);
        ReadOnlySpan<byte> box = file[8..(int)Math.Clamp(stated, 8, Math.Min(file.Length, 256))];
        for (int at = 0; at + 4 <= box.Length; at += 4)
        {
            if (at != 4 && IsStillBrand(box.Slice(at, 4)))
            {
                return "heifload_source";
            }
        }

        throw box.StartsWith("crx "u8) ? Unsupported(Raw)
            : box.StartsWith("M4A "u8) || box.StartsWith("M4B "u8) ? Unsupported(Sound)
            : box.StartsWith("jp2 "u8) || box.StartsWith("jxl "u8) ? Unsupported(OtherPicture)
            : new ImageRefusedException(ImageRefusal.Video);
    }

    private static bool IsStillBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8)
        || brand.SequenceEqual("heis"u8) || brand.SequenceEqual("avif"u8) || brand.SequenceEqual("mif1"u8);

    private static ImageRefusedException Refuse(ReadOnlySpan<byte> file) => file switch
    {
        // Matroska and WebM, Flash, MPEG program stream and elementary stream, Windows Media, Ogg.
        [0x1A, 0x45, 0xDF, 0xA3, ..] or [(byte)'F', (byte)'L', (byte)'V', 1, ..] or [0, 0, 1, 0xBA or 0xB3, ..]
            or [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] or [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..]
            => new ImageRefusedException(ImageRefusal.Video),
        _ when IsOldQuickTime(file) || IsTransportStream(file) => new ImageRefusedException(ImageRefusal.Video),

        // Fujifilm, Panasonic, Olympus.
        _ when file.StartsWith("FUJIFILMCCD-RAW"u8) || file.StartsWith("IIU\0"u8) || file.StartsWith("IIRO"u8)
            || file.StartsWith("IIRS"u8) || file.StartsWith("MMOR"u8) => Unsupported(Raw),

        // JPEG XL and JPEG 2000, bare and in boxes; JPEG XR; Photoshop; Windows bitmap and icon; OpenEXR; QOI; GIMP.
        [0xFF, 0x0A, ..] or [0xFF, 0x4F, 0xFF, 0x51, ..]
            or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..]
            or [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [(byte)'I', (byte)'I', 0xBC, ..]
            or [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..]
            or [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] or [0, 0, 1 or 2, 0, _, 0, ..]
            or [0x76, 0x2F, 0x31, 0x01, ..] => Unsupported(OtherPicture),
        _ when file.StartsWith("qoif"u8) || file.StartsWith("gimp xcf"u8) || file.StartsWith("#?RAD"u8)
            || file.StartsWith("SIMPLE  ="u8) || IsPortableMap(file) => Unsupported(OtherPicture),

        _ when file.StartsWith("%PDF"u8) || file.StartsWith("%!PS"u8) || file.StartsWith("{\\rtf"u8)
            || file.StartsWith("\xD0\xCF\x11\xE0"u8) => Unsupported(Document),
        _ when IsMarkup(file) => Unsupported(Drawing),
        [(byte)'P', (byte)'K', 3, 4, ..] or [0x1F, 0x8B, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..]
            or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => Unsupported(Archive),
        [(byte)'I', (byte)'D', (byte)'3', ..] => Unsupported(Sound),
        _ => new ImageRefusedException(ImageRefusal.UnknownFormat),
    };

    private static bool IsOldQuickTime(ReadOnlySpan<byte> file) =>
        file.Length >= 8 && (file[4..].StartsWith("moov"u8) || file[4..].StartsWith("mdat"u8)
            || file[4..].StartsWith("wide"u8) || file[4..].StartsWith("skip"u8));

    private static bool IsTransportStream(ReadOnlySpan<byte> file) =>
        file.Length > 376 && file[0] == 0x47 && file[188] == 0x47 && file[376] == 0x47;

    private static bool IsPortableMap(ReadOnlySpan<byte> file) =>
        file is [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t', ..];

    private static bool IsMarkup(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> text = file[..Math.Min(file.Length, 1024)];
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        text = text.TrimStart(" \t\r\n"u8);
        return text is [(byte)'<', ..] && text.IndexOf("<svg"u8) >= 0;
    }

    private static ImageRefusedException Unsupported(string message) => new(ImageRefusal.UnsupportedFormat, message);
}
