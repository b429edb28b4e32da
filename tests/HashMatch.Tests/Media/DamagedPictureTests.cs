using HashMatch.Media;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class DamagedPictureTests(PictureFolder folder, ITestOutputHelper output)
{
    private const int CutsPerFile = 60;
    private const int MutationsPerFile = 250;

    private readonly ImageDecoder _decoder = new();

    [Fact]
    public void Decode_CutShort_IsRefusedUnlessAllPixelsAreThere()
    {
        foreach ((string name, byte[] file) in SampleFiles.In(folder))
        {
            byte[] whole = _decoder.Decode(file).Pixels.ToArray();
            int accepted = 0;
            for (int i = 0; i < CutsPerFile; i++)
            {
                // Two thirds of the cuts anywhere, the others near the end, where little is missing.
                int length = i < 40 ? file.Length * i / 40 : file.Length - (i - 39);
                if (TryDecode(file.AsSpan(0, length), out DecodedImage image))
                {
                    Assert.True(image.Pixels.SequenceEqual(whole), $"{name}: other pixels after {length} bytes");
                    accepted++;
                }
            }

            output.WriteLine($"{name}: {accepted} of {CutsPerFile} cuts accepted, with equal pixels");
            if (!name.EndsWith(".png", StringComparison.Ordinal)
                && !name.EndsWith(".gif", StringComparison.Ordinal)
                && !name.EndsWith(".tiff", StringComparison.Ordinal)
                && !name.Contains("animated", StringComparison.Ordinal))
            {
                Assert.Equal(0, accepted);
            }
        }
    }

    [Fact]
    public void Decode_BytesMutated_IsRefusedOrDecodedAndNeverFails()
    {
        var random = new Random(20_240_607);
        int refused = 0;
        int decoded = 0;
        foreach ((_, byte[] file) in SampleFiles.In(folder))
        {
            for (int i = 0; i < MutationsPerFile; i++)
            {
                // Anything but a refusal is an error that ends this test, or a crash that ends the process.
                bool isDecoded = TryDecode(Mutate(file, random), out _);
                _ = isDecoded ? decoded++ : refused++;
            }
        }

        output.WriteLine($"{refused} refused, {decoded} decoded");
        Assert.InRange(refused, 1_000, int.MaxValue);
        Assert.InRange(decoded, 100, int.MaxValue);
        Assert.Equal((nuint)0, HashMatch.Media.Libvips.VipsApi.GetTrackedBytes());
        Assert.Equal(0, HashMatch.Media.Libvips.VipsApi.GetTrackedFiles());
    }

    [Fact]
    public void Decode_ScansRepeatedForEver_IsRefusedAtTheFirst()
    {
        byte[] jpeg = File.ReadAllBytes(folder.Convert(
            Raster.Slopes(64, 48), "sample-progressive.jpg", "-quality", "85", "-interlace", "JPEG"));
        int scan = JpegBytes.LastScan(jpeg);
        byte[] again = jpeg[scan..^2];
        byte[] bomb =
        [
            .. jpeg[..^2], .. Enumerable.Repeat(again, 5_000).SelectMany(bytes => bytes), .. jpeg[^2..],
        ];

        Assert.False(TryDecode(bomb, out _));
    }

    [Fact]
    public void Decode_BitErrorInJpeg_IsNeverDecodedToOtherPixelsSilently()
    {
        // A marker where there should be none: the weaker settings of libvips decode this to wrong pixels.
        byte[] jpeg = File.ReadAllBytes(folder.Convert(Raster.Slopes(64, 48), "sample.jpg", "-quality", "85"));
        int middle = (JpegBytes.LastScan(jpeg) + jpeg.Length) / 2;
        jpeg[middle] = 0xFF;
        jpeg[middle + 1] = 0xD3;

        Assert.False(TryDecode(jpeg, out _));
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        int changes = random.Next(1, 9);
        for (int i = 0; i < changes; i++)
        {
            // Half of the changes hit the headers, which are a small part of the file.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(200, changed.Length) : changed.Length);
            changed[at] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xFF,
                2 => (byte)(changed[at] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256),
            };
        }

        return random.Next(8) switch
        {
            0 => changed[..random.Next(changed.Length)],
            1 => [.. changed, .. changed[random.Next(changed.Length)..]],
            2 => [.. changed[..(changed.Length / 2)], .. changed[(changed.Length / 3)..]],
            _ => changed,
        };
    }

    private bool TryDecode(ReadOnlySpan<byte> file, out DecodedImage image)
    {
        try
        {
            image = _decoder.Decode(file);
            return true;
        }
        catch (ImageRefusedException)
        {
            image = default;
            return false;
        }
    }
}
