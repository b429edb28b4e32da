using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace HashMatch.Service.Tests.StandIns;

public class CompressionTests
{
    private static readonly byte[] Message = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i % 7))];

    public static TheoryData<string> Encodings => ["gzip", "deflate"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Provider_ThereAndBack_GivesTheSame(string encoding)
    {
        ICompressionProvider provider = ProviderOf(encoding, CompressionLevel.Fastest);

        byte[] compressed = Compress(provider, null);
        using Stream decompression = provider.CreateDecompressionStream(new MemoryStream(compressed));
        var back = new MemoryStream();
        decompression.CopyTo(back);

        Assert.Equal(encoding, provider.EncodingName);
        Assert.True(compressed.Length < Message.Length / 10);
        Assert.Equal(Message, back.ToArray());
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Provider_Level_IsTheMessagesOrElseItsOwn(string encoding)
    {
        ICompressionProvider none = ProviderOf(encoding, CompressionLevel.NoCompression);

        byte[] own = Compress(none, null);
        byte[] asked = Compress(none, CompressionLevel.SmallestSize);

        Assert.True(own.Length > Message.Length);
        Assert.True(asked.Length < Message.Length / 10);
    }

    // RFC 1952 starts with 1F 8B; RFC 1950 with a method and a check that divide by 31.
    [Fact]
    public void Provider_Bytes_AreInTheFormatOfTheProtocol()
    {
        byte[] gzip = Compress(ProviderOf("gzip", CompressionLevel.Fastest), null);
        byte[] deflate = Compress(ProviderOf("deflate", CompressionLevel.Fastest), null);

        Assert.Equal(new byte[] { 0x1F, 0x8B }, gzip[..2]);
        Assert.Equal(8, deflate[0] & 0xF);
        Assert.Equal(0, ((deflate[0] << 8) | deflate[1]) % 31);
    }

    [Fact]
    public void ConnectivityState_Numbers_AreThoseOfGrpc()
    {
        ConnectivityState[] inOrder =
        [
            ConnectivityState.Idle, ConnectivityState.Connecting, ConnectivityState.Ready,
            ConnectivityState.TransientFailure, ConnectivityState.Shutdown,
        ];

        Assert.Equal(Enumerable.Range(0, 5), inOrder.Select(state => (int)state));
    }

    private static ICompressionProvider ProviderOf(string encoding, CompressionLevel level)
    {
        return encoding == "gzip" ? new GzipCompressionProvider(level) : new DeflateCompressionProvider(level);
    }

    private static byte[] Compress(ICompressionProvider provider, CompressionLevel? level)
    {
        var compressed = new MemoryStream();
        using (Stream compression = provider.CreateCompressionStream(compressed, level))
        {
            compression.Write(Message);
        }

        // The provider leaves the stream open, so its length can still be asked for.
        Assert.True(compressed.Length > 0);
        return compressed.ToArray();
    }
}
