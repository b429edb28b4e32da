using HashMatch.Media;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class ImageRefusalTests(PictureFolder folder)
{
    private readonly ImageDecoder _decoder = new();

    public static TheoryData<string, ImageRefusal> KnownKinds => new()
    {
        { "25 50 44 46 2D 31 2E 34 0A", ImageRefusal.UnsupportedFormat }, // PDF
        { "3C 73 76 67 20 78 6D 6C 6E 73 3D", ImageRefusal.UnsupportedFormat }, // SVG
        { "EF BB BF 0A 3C 3F 78 6D 6C 3F 3E 3C 73 76 67", ImageRefusal.UnsupportedFormat }, // SVG after a declaration
        { "50 36 0A 31 20 31 0A 32 35 35 0A 01 02 03", ImageRefusal.UnsupportedFormat }, // PPM
        { "42 4D 3A 00 00 00 00 00 00 00 36 00 00 00", ImageRefusal.UnsupportedFormat }, // BMP
        { "38 42 50 53 00 01 00 00", ImageRefusal.UnsupportedFormat }, // Photoshop
        { "FF 0A FA 1F 21 91", ImageRefusal.UnsupportedFormat }, // JPEG XL
        { "00 00 00 0C 4A 58 4C 20 0D 0A 87 0A", ImageRefusal.UnsupportedFormat }, // JPEG XL in boxes
        { "00 00 00 0C 6A 50 20 20 0D 0A 87 0A", ImageRefusal.UnsupportedFormat }, // JPEG 2000
        { "FF 4F FF 51 00 2F", ImageRefusal.UnsupportedFormat }, // JPEG 2000, bare
        { "00 00 01 00 01 00 10 10", ImageRefusal.UnsupportedFormat }, // icon
        { "49 49 2A 00 10 00 00 00 43 52 02 00", ImageRefusal.UnsupportedFormat }, // Canon raw
        { "50 4B 03 04 14 00", ImageRefusal.UnsupportedFormat }, // ZIP
        { "23 3F 52 41 44 49 41 4E 43 45 0A", ImageRefusal.UnsupportedFormat }, // Radiance
        { "53 49 4D 50 4C 45 20 20 3D 20 54", ImageRefusal.UnsupportedFormat }, // FITS
        { "52 49 46 46 24 00 00 00 57 41 56 45", ImageRefusal.UnsupportedFormat }, // WAVE
        { "31 2C 32 2C 33 0A 34 2C 35 2C 36 0A", ImageRefusal.UnknownFormat }, // CSV
        { "47 49 46 38 38 61 01 00", ImageRefusal.UnknownFormat }, // GIF of a version that is not
        { "00 00 00 18 66 74 79 70 69 73 6F 6D 00 00 02 00 69 73 6F 6D 6D 70 34 31", ImageRefusal.Video }, // MP4
        { "00 00 00 14 66 74 79 70 71 74 20 20 00 00 00 00 71 74 20 20", ImageRefusal.Video }, // QuickTime
        { "00 00 00 08 77 69 64 65 00 00 00 00 6D 64 61 74", ImageRefusal.Video }, // old QuickTime
        { "1A 45 DF A3 9F 42 86 81 01", ImageRefusal.Video }, // WebM
        { "52 49 46 46 24 00 00 00 41 56 49 20", ImageRefusal.Video }, // AVI
        { "00 00 01 BA 44 00", ImageRefusal.Video }, // MPEG
        { "66 74 79 70", ImageRefusal.UnknownFormat },
        { "FF D8", ImageRefusal.UnknownFormat },
        { "00", ImageRefusal.UnknownFormat },
        { "FF D8 FF", ImageRefusal.Damaged },
        { "89 50 4E 47 0D 0A 1A 0A", ImageRefusal.Damaged },
        { "47 49 46 38 39 61", ImageRefusal.Damaged },
        { "52 49 46 46 24 00 00 00 57 45 42 50", ImageRefusal.Damaged },
        { "49 49 2A 00", ImageRefusal.Damaged },
        { "00 00 00 14 66 74 79 70 68 65 69 63 00 00 00 00 6D 69 66 31", ImageRefusal.Damaged },
        { "FF D8 FF E0 6A 75 6E 6B 20 6A 75 6E 6B 20 6A 75 6E 6B", ImageRefusal.Damaged },
    };

    [Theory]
    [MemberData(nameof(KnownKinds))]
    public void Decode_OtherThanAWholePicture_IsRefusedByName(string hex, ImageRefusal reason)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        string path = folder.Write("renamed-kind.jpg", bytes);

        ImageRefusedException error = Refused(path);

        Assert.Equal(reason, error.Reason);
    }

    [Fact]
    public void Decode_AnyRefusal_SaysWhatToDoWithoutNamingTheFile()
    {
        foreach (ImageRefusal reason in Enum.GetValues<ImageRefusal>())
        {
            var error = new ImageRefusedException(reason);

            Assert.Matches("^[A-Z][^{}/]+[.] [A-Z][^{}/]+[.]$", error.Message);
            Assert.Null(error.InnerException);
        }

        string path = folder.Write("private-name.jpg", "secret words"u8.ToArray());
        Assert.DoesNotContain("private", Refused(path).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Refused(path).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Empty_IsRefused()
    {
        string path = folder.Write("empty.jpg", []);

        Assert.Equal(ImageRefusal.Empty, Refused(path).Reason);
        Assert.Equal(
            ImageRefusal.Empty,
            Assert.Throws<ImageRefusedException>(() => _ = _decoder.Decode(ReadOnlySpan<byte>.Empty).Width).Reason);
    }

    [Fact]
    public void Decode_NoSuchFile_IsRefused()
    {
        string file = folder.Write("plain-file", [1]);

        Assert.Equal(ImageRefusal.NotFound, Refused(folder["nothing.jpg"]).Reason);
        Assert.Equal(ImageRefusal.NotFound, Refused(folder["no-folder/nothing.jpg"]).Reason);
        Assert.Equal(ImageRefusal.NotFound, Refused(file + "/below-a-file.jpg").Reason);
    }

    [Fact]
    public void Decode_PathThatIsNone_IsTheCallersMistake()
    {
        Assert.Throws<ArgumentNullException>(() => _ = _decoder.Decode((string)null!).Width);
        Assert.Throws<ArgumentException>(() => _ = _decoder.Decode("").Width);
        Assert.Throws<ArgumentException>(() => _ = _decoder.Decode("a.jpg\0.png").Width);
    }

    [Fact]
    public void Decode_FolderOrDevice_IsRefused()
    {
        Assert.Equal(ImageRefusal.NotAFile, Refused(folder.Path).Reason);
        Assert.Equal(ImageRefusal.NotAFile, Refused("/dev/zero").Reason);
        Assert.Equal(ImageRefusal.NotAFile, Refused("/dev/null").Reason);
    }

    [Fact]
    public async Task Decode_Pipe_IsRefusedAtOnce()
    {
        folder.Run("mkfifo", "pipe.jpg");
        File.CreateSymbolicLink(folder["link-to-pipe.jpg"], "pipe.jpg");

        // Without a writer, opening a pipe would block for ever.
        Task<ImageRefusal[]> refusals = Task.Run<ImageRefusal[]>(
            () => [Refused(folder["pipe.jpg"]).Reason, Refused(folder["link-to-pipe.jpg"]).Reason],
            TestContext.Current.CancellationToken);
        ImageRefusal[] reasons =
            await refusals.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal([ImageRefusal.NotAFile, ImageRefusal.NotAFile], reasons);
    }

    [Fact]
    public void Decode_LinkInACircle_IsUnreadable()
    {
        File.CreateSymbolicLink(folder["circle.jpg"], "circle.jpg");

        Assert.Equal(ImageRefusal.Unreadable, Refused(folder["circle.jpg"]).Reason);
    }

    [Fact]
    public void Decode_ForbiddenFile_IsUnreadable()
    {
        Assert.SkipWhen(Environment.UserName == "root", "The superuser may read every file.");
        string path = folder.Write("forbidden.jpg", [1, 2, 3]);
        folder.Run("chmod", "000", path);

        Assert.Equal(ImageRefusal.Unreadable, Refused(path).Reason);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(5_000)]
    public void Read_FileChangesMeanwhile_IsRefused(int newLength)
    {
        string path = folder.Write("changing.jpg", new byte[1_000]);
        using FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using FileStream reader = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var buffer = new ReusedBytes();

        ImageRefusedException error = Assert.Throws<ImageRefusedException>(() =>
            PictureFile.Read(reader.SafeFileHandle, 10_000, ref buffer, () => writer.SetLength(newLength)).Length);

        Assert.Equal(ImageRefusal.Changed, error.Reason);
    }

    [Fact]
    public void Decode_FileVanishesOnceOpen_IsStillDecoded()
    {
        string path = folder.Convert(Raster.Fields(30, 20), "vanishing.png");
        using FileStream reader = File.OpenRead(path);
        var buffer = new ReusedBytes();

        int length = PictureFile.Read(reader.SafeFileHandle, 10_000, ref buffer, () => File.Delete(path)).Length;

        Assert.Equal(reader.Length, length);
    }

    [Fact]
    public void Decode_HugeSparseFile_IsRefusedBeforeReading()
    {
        string path = folder["sparse.jpg"];
        using (FileStream stream = File.Create(path))
        {
            stream.SetLength(50L << 30);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageRefusal reason = Refused(path).Reason;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(ImageRefusal.FileTooLarge, reason);
        Assert.InRange(allocated, 0, 1 << 20);
    }

    [Fact]
    public void Decode_AnyFile_WritesNothing()
    {
        string source = folder.Convert(Raster.Slopes(300, 200), "kept.png");
        string closed = Directory.CreateDirectory(folder["read-only"]).FullName;
        File.Copy(source, Path.Combine(closed, "kept.png"));
        folder.Write("read-only/bad.png", File.ReadAllBytes(source)[..500]);
        folder.Run("chmod", "500", closed);
        string[] before = [.. Everything(closed)];
        string[] beforeInTemp = VipsFilesInTemp();

        Assert.Equal(300, _decoder.Decode(Path.Combine(closed, "kept.png")).Width);
        Assert.Equal(ImageRefusal.Damaged, Refused(Path.Combine(closed, "bad.png")).Reason);

        Assert.Equal(before, Everything(closed));
        Assert.Equal(beforeInTemp, VipsFilesInTemp());
        folder.Run("chmod", "700", closed);
    }

    private static IEnumerable<string> Everything(string path) =>
        new DirectoryInfo(path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(f => $"{f.Name} {f.LastWriteTimeUtc:O}")
            .Order(StringComparer.Ordinal);

    private static string[] VipsFilesInTemp() =>
        [.. Directory.EnumerateFileSystemEntries(Path.GetTempPath(), "vips*").Order(StringComparer.Ordinal)];

    private ImageRefusedException Refused(string path) =>
        Assert.Throws<ImageRefusedException>(() => _ = _decoder.Decode(path).Width);
}
