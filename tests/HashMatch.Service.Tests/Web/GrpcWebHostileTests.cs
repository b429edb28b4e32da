using System.Net;
using System.Text;
using Grpc.Health.V1;

namespace HashMatch.Service.Tests.Web;

public sealed class GrpcWebHostileTests
{
    private const string Check = "/grpc.health.v1.Health/Check";

    private static readonly byte[] Frame = WebCaller.Frame(new HealthCheckRequest { Service = "some service" });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task Text_ChunksOfAnySize_AreReadAsOne(int size)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Raw(
            Check, new ChunkedContent(Convert.ToBase64String(Frame), size), WebCaller.Text);

        WebAnswer answer = await server.Caller.CallAsync(request);

        Assert.Equal("0", answer.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public async Task Text_PaddingWithinTheBody_BeginsAnew(int pieceLength)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        string body = string.Concat(Frame.Chunk(pieceLength).Select(Convert.ToBase64String));
        using HttpRequestMessage request = WebCaller.Raw(Check, new StringContent(body), WebCaller.Text);

        WebAnswer answer = await server.Caller.CallAsync(request);

        Assert.Equal("0", answer.Status);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(60_000)]
    public async Task Text_LargeMessage_ArrivesWhole(int kibibytes)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        byte[] frame = WebCaller.Frame(new HealthCheckRequest { Service = new string('x', kibibytes * 64) });

        WebAnswer answer = await server.Caller.CallAsync(WebCaller.Request(Check, frame, WebCaller.Text));

        Assert.Equal("0", answer.Status);
    }

    [Theory]
    [InlineData("!!!!")]
    [InlineData("AAAAA")]
    [InlineData("AAAAAA")]
    [InlineData("AAAAAAA")]
    [InlineData("=AAA")]
    [InlineData("A=AA")]
    [InlineData("AA=A")]
    [InlineData("A===")]
    [InlineData("====")]
    [InlineData("AAAA    AAAA")]
    [InlineData("AA AAAA=")]
    [InlineData("AAAA\r\n\r\nAAAA")]
    [InlineData("AA-_")]
    [InlineData("\u00e9\u00e9")]
    public async Task Text_NotBase64_IsRefusedAndHarmsNoOther(string body)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage hostile = WebCaller.Raw(Check, new StringContent(body), WebCaller.Text);

        WebAnswer refused = await server.Caller.CallAsync(hostile);
        WebAnswer honest = await server.Caller.CallAsync(Check, new HealthCheckRequest(), WebCaller.Text);

        Assert.Equal("3", refused.Status);
        Assert.Empty(refused.Messages);
        Assert.DoesNotContain(body, refused.Trailers["grpc-message"].Single());
        Assert.Equal("0", honest.Status);
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Frame_CutAnywhere_IsRefused(string type)
    {
        await using TrialServer server = await TrialServer.StartAsync();

        for (int length = 0; length < Frame.Length; length++)
        {
            WebAnswer refused = await server.Caller.CallAsync(WebCaller.Request(Check, Frame[..length], type));

            Assert.NotEqual("0", refused.Status);
            Assert.NotNull(refused.Status);
            Assert.Empty(refused.Messages);
        }
    }

    [Theory]
    [InlineData(WebCaller.Binary, 0, new byte[] { 0, 0x7f, 0xff, 0xff, 0xff })]
    [InlineData(WebCaller.Text, 0, new byte[] { 0, 0x7f, 0xff, 0xff, 0xff })]
    [InlineData(WebCaller.Binary, 0, new byte[] { 0, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(WebCaller.Text, 0, new byte[] { 0x80, 0, 0, 0, 0 })]
    [InlineData(WebCaller.Binary, 0, new byte[] { 0, 0, 0, 0, 1, 255 })]
    [InlineData(WebCaller.Binary, 5_000_000, new byte[] { 0, 0, 0x4c, 0x4b, 0x40 })]
    [InlineData(WebCaller.Text, 5_000_000, new byte[] { 0, 0, 0x4c, 0x4b, 0x40 })]
    public async Task Frame_ThatLies_IsRefused(string type, int zeros, byte[] start)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        byte[] body = [.. start, .. new byte[zeros]];

        WebAnswer refused = await server.Caller.CallAsync(WebCaller.Request(Check, body, type));
        WebAnswer honest = await server.Caller.CallAsync(Check, new HealthCheckRequest(), type);

        Assert.NotNull(refused.Status);
        Assert.NotEqual("0", refused.Status);
        Assert.Equal("0", honest.Status);
    }

    /// <summary>Sends a text in chunks, each one by itself.</summary>
    private sealed class ChunkedContent(string text, int size) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (byte[] chunk in Encoding.ASCII.GetBytes(text).Chunk(size))
            {
                await stream.WriteAsync(chunk);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
