using System.Diagnostics;
using System.Globalization;
using HashMatch.Hashing;
using HashMatch.Media;
using HashMatch.Media.Libvips;

namespace HashMatch.Tests.Media;

/// <summary>
/// What only a fresh process shows: each test named <c>Alone</c> runs in one, started by the test beside it.
/// </summary>
[Collection(DecoderTests.Name)]
public sealed class OwnProcessTests(PictureFolder folder, ITestOutputHelper output)
{
    private const long MostKilobytesForTwelveMegapixels = 150_000;

    [Fact]
    public void Hash_TwelveMegapixels_StaysUnder150Megabytes() => RunAlone(nameof(Alone_MemoryOfTwelveMegapixels));

    [Fact(Explicit = true)]
    public void Alone_MemoryOfTwelveMegapixels()
    {
        folder.Run("convert", "-size", "4000x3000", "gradient:red-blue", "-quality", "90", "large.jpg");
        long before = Status("VmRSS");
        var hasher = new PictureHasher();

        Fingerprint first = hasher.Hash(folder["large.jpg"]);
        Fingerprint second = hasher.Hash(folder["large.jpg"]);

        long above = Status("VmHWM") - before;
        output.WriteLine($"{above} kB above {before} kB");
        Assert.Equal(first, second);
        Assert.InRange(above, 36_000, MostKilobytesForTwelveMegapixels);
    }

    [Fact]
    public void Decoder_BeforeTheFirstDecode_HasLoadedNothing() => RunAlone(nameof(Alone_LoadedLibraries));

    [Fact(Explicit = true)]
    public void Alone_LoadedLibraries()
    {
        string png = folder.Convert(Raster.Fields(30, 20), "first.png");
        var decoder = new ImageDecoder();
        Assert.Throws<ImageRefusedException>(() => _ = decoder.Decode("no picture"u8).Width);
        Assert.Throws<ImageRefusedException>(() => _ = decoder.Decode(folder["nothing"]).Width);
        Assert.DoesNotContain("libvips", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);

        _ = decoder.Decode(png).Width;

        Assert.Contains("libvips", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_DamagedFiles_WritesNothingToStandardError() => RunAlone(nameof(Alone_DamagedFiles));

    [Fact(Explicit = true)]
    public void Alone_DamagedFiles()
    {
        var decoder = new ImageDecoder();
        foreach ((string name, byte[] file) in SampleFiles.In(folder))
        {
            Assert.True(decoder.Decode(file).Width == 64, name);
            byte[] half = file[..(file.Length / 3)];
            Assert.Throws<ImageRefusedException>(() => _ = decoder.Decode(half).Width);
        }
    }

    [Theory]
    [InlineData("libvips-that-is-absent.so.42", "libgobject-2.0.so.0", "libglib-2.0.so.0")]
    [InlineData("libvips.so.42", "libgobject-that-is-absent.so.0", "libglib-2.0.so.0")]
    [InlineData("libvips.so.42", "libgobject-2.0.so.0", "libglib-that-is-absent.so.0")]
    [InlineData("libc.so.6", "libgobject-2.0.so.0", "libglib-2.0.so.0")] // a libvips without the function to block
    public void Decode_LibraryAbsentOrTooOld_SaysHowToInstallIt(string vips, string gobject, string glib)
    {
        byte[] png = File.ReadAllBytes(folder.Convert(Raster.Fields(30, 20), "first.png"));
        var decoder = new ImageDecoder(ImageLimits.Default, new VipsLibraries(vips, gobject, glib));

        LibvipsMissingException error =
            Assert.Throws<LibvipsMissingException>(() => _ = decoder.Decode(png).Width);

        Assert.Contains("apt-get install libvips42", error.Message, StringComparison.Ordinal);
    }

    private static long Status(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[1], CultureInfo.InvariantCulture);
    }

    private void RunAlone(string test)
    {
        string assembly = typeof(OwnProcessTests).Assembly.Location;
        string method = $"{typeof(OwnProcessTests).FullName}.{test}";
        var start = new ProcessStartInfo(
            "dotnet",
            [assembly, "-explicit", "only", "-method", method, "-noColor", "-noLogo", "-showLiveOutput"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        output.WriteLine(text);
        Assert.True(process.ExitCode == 0, text);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", text, StringComparison.Ordinal);
        Assert.Equal("", errors.Result);
    }
}
