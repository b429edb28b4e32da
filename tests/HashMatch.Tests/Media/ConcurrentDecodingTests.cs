using System.Security.Cryptography;
using HashMatch.Media;
using HashMatch.Media.Libvips;

namespace HashMatch.Tests.Media;

[Collection(DecoderTests.Name)]
public sealed class ConcurrentDecodingTests(PictureFolder folder)
{
    private const int Passes = 20;

    [Fact]
    public async Task Decode_TwoThreads_GiveTheSameAsOne()
    {
        List<byte[]> files = [.. SampleFiles.In(folder).Select(sample => sample.Bytes)];
        files.Add(files[0][..(files[0].Length / 2)]);
        files.Add(files[2][..(files[2].Length / 2)]);
        string[] expected = DecodeAll(files);

        string[][] actual = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () => Enumerable.Repeat(files, Passes).SelectMany(DecodeAll).ToArray(),
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

        string[] repeated = [.. Enumerable.Repeat(expected, Passes).SelectMany(all => all)];
        Assert.Equal(2, expected.Count(digest => digest == nameof(ImageRefusal.Damaged)));
        Assert.Equal(repeated, actual[0]);
        Assert.Equal(repeated, actual[1]);
        Assert.Equal(0, VipsApi.GetTrackedBlocks());
        Assert.Equal(0, VipsApi.GetTrackedFiles());
    }

    private static string[] DecodeAll(List<byte[]> files)
    {
        var decoder = new ImageDecoder();
        return [.. files.Select(file => Digest(decoder, file))];
    }

    private static string Digest(ImageDecoder decoder, byte[] file)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(decoder.Decode(file).Pixels));
        }
        catch (ImageRefusedException error)
        {
            return error.Reason.ToString();
        }
    }
}
