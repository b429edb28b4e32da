using System.Net;
using System.Text;
using Grpc.Health.V1;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace HashMatch.Service.Tests.Web;

public sealed class GrpcWebCallTests
{
    private const string Check = "/grpc.health.v1.Health/Check";
    private const string Watch = "/grpc.health.v1.Health/Watch";

    [Theory]
    [InlineData("application/grpc-web", WebCaller.Binary)]
    [InlineData("application/grpc-web+proto", WebCaller.Binary)]
    [InlineData("APPLICATION/GRPC-WEB+proto; charset=utf-8", WebCaller.Binary)]
    [InlineData("application/grpc-web-text", WebCaller.Text)]
    [InlineData("application/grpc-web-text+proto", WebCaller.Text)]
    public async Task Unary_EachMediaType_GivesMessageAndTrailers(string sent, string answered)
    {
        await using TrialServer server = await TrialServer.StartAsync();

        WebAnswer answer = await server.Caller.CallAsync(Check, new HealthCheckRequest { Service = "x" }, sent);

        Assert.Equal(answered, answer.MediaType);
        Assert.Equal(Status.Serving, answer.Message<HealthCheckResponse>().Status);
        Assert.Single(answer.Messages);
        Assert.True(answer.HasTrailerFrame);
        Assert.Equal("0", answer.Status);
        Assert.Equal(["kept"], answer.Trailers["trial"]);
        Assert.Equal(
            [Convert.ToBase64String(TrialHealth.BinaryTrailer)], answer.Trailers["trial-bin"].Select(Padded));
    }

    [Theory]
    [InlineData(WebCaller.Binary, "application/grpc-web-text", WebCaller.Text)]
    [InlineData(WebCaller.Text, "application/grpc-web+proto", WebCaller.Binary)]
    [InlineData(WebCaller.Text, "text/html, application/grpc-web-text, application/grpc-web", WebCaller.Text)]
    [InlineData(WebCaller.Binary, "*/*", WebCaller.Binary)]
    public async Task Unary_Accept_DecidesTheAnswersMode(string sent, string accept, string answered)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Request(Check, WebCaller.Frame(new HealthCheckRequest()), sent);
        request.Headers.Add("Accept", accept);

        WebAnswer answer = await server.Caller.CallAsync(request);

        Assert.Equal(answered, answer.MediaType);
        Assert.Equal("0", answer.Status);
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Unary_Fails_EndsInItsHeaders(string type)
    {
        await using TrialServer server = await TrialServer.StartAsync();

        WebAnswer answer = await server.Caller.CallAsync(Check, new HealthCheckRequest { Service = "error" }, type);

        Assert.Equal(type, answer.MediaType);
        Assert.Empty(answer.Messages);
        Assert.False(answer.HasTrailerFrame);
        Assert.Equal("10", answer.Status);
        Assert.Equal("refused: 100% sûr\r\n", Uri.UnescapeDataString(answer.Trailers["grpc-message"].Single()));
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Unary_TrailerOfTwoLines_NeverArrivesAsTwo(string type)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Request(
            Check, WebCaller.Frame(new HealthCheckRequest { Service = "two lines" }), type);

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using HttpResponseMessage response = await server.Caller.SendAsync(request);
            response.EnsureSuccessStatusCode();
            await WebAnswer.ReadAsync(response);
        });
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Stream_FailsAfterAMessage_TellsItInTheLastFrame(string type)
    {
        await using TrialServer server = await TrialServer.StartAsync();

        WebAnswer answer = await server.Caller.CallAsync(Watch, new HealthCheckRequest { Service = "error" }, type);

        Assert.Single(answer.Messages);
        Assert.True(answer.HasTrailerFrame);
        Assert.Equal("10", answer.Status);
        Assert.Equal("refused: 100% sûr\r\n", Uri.UnescapeDataString(answer.Trailers["grpc-message"].Single()));
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Stream_SecondMessageIsHeldBack_FirstIsThereWhole(string type)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Request(Watch, WebCaller.Frame(new HealthCheckRequest()), type);
        using HttpResponseMessage response = await server.Caller.SendAsync(request);
        await using Stream body = await response.Content.ReadAsStreamAsync();

        // A frame of 5 bytes and a message of 2, or that in base64.
        byte[] first = new byte[type == WebCaller.Binary ? 7 : 12];
        await body.ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        server.Gate.Opened.SetResult();
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest, TestContext.Current.CancellationToken);

        byte[] frame = type == WebCaller.Binary ? first : WebAnswer.FromBase64(Encoding.ASCII.GetString(first));
        Assert.Equal([0, 0, 0, 0, 2, 8, (byte)Status.Serving], frame);
        byte[] after = type == WebCaller.Binary
            ? rest.ToArray()
            : WebAnswer.FromBase64(Encoding.ASCII.GetString(rest.ToArray()));
        Assert.Equal([0, 0, 0, 0, 2, 8, (byte)Status.NotServing, 0x80], after[..8]);
        string trailers = Encoding.ASCII.GetString(after[12..]);
        Assert.Contains("trial: kept\r\n", trailers);
        Assert.Contains("grpc-status: 0\r\n", trailers);
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Stream_PastItsDeadline_EndsWithTrailers(string type)
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Request(
            Watch, WebCaller.Frame(new HealthCheckRequest { Service = "endless" }), type);
        request.Headers.Add("grpc-timeout", "200m");

        WebAnswer answer = await server.Caller.CallAsync(request);

        Assert.Single(answer.Messages);
        Assert.True(answer.HasTrailerFrame);
        Assert.Equal("4", answer.Status);
    }

    [Fact]
    public async Task Stream_ClientGoesAway_IsCancelled()
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Request(
            Watch, WebCaller.Frame(new HealthCheckRequest { Service = "endless" }));
        HttpResponseMessage response = await server.Caller.SendAsync(request);

        response.Dispose();

        await server.Gate.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Answer_OverHttp11_KeepsItsConnection()
    {
        await using TrialServer server = await TrialServer.StartAsync();
        using HttpRequestMessage request = WebCaller.Request(Check, WebCaller.Frame(new HealthCheckRequest()));

        using HttpResponseMessage response = await server.Caller.SendAsync(request);

        Assert.Equal(HttpVersion.Version11, response.Version);
        Assert.True(response.Headers.TransferEncodingChunked);
        Assert.NotEqual(true, response.Headers.ConnectionClose);
    }

    private static string Padded(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');
}
