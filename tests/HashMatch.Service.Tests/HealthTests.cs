using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using HashMatch.Service.Health;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests;

public sealed class HealthTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hashmatch.v1.CaseService")]
    [InlineData("hashmatch.v1.FeedService")]
    [InlineData("hashmatch.v1.OutcomeService")]
    [InlineData("hashmatch.v1.MatchService")]
    public async Task Check_ServedService_IsServing(string name)
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);

        HealthCheckResponse answer = await client.CheckAsync(new HealthCheckRequest { Service = name });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest { Service = "nobody" }));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    // The plain question is answered by itself; a field that nobody knows, bytes that come late, or a name make it
    // another, for the gRPC server.
    [Theory]
    [InlineData("", "", 5)]
    [InlineData("", "", 3)]
    [InlineData("", "7801", 7)]
    [InlineData("hashmatch.v1.MatchService", "", 32)]
    public async Task Check_AskedInAnyForm_HasTheSameAnswer(string name, string unknownField, int atOnce)
    {
        byte[] message =
            [.. new HealthCheckRequest { Service = name }.ToByteArray(), .. Convert.FromHexString(unknownField)];
        byte[] question = [0, 0, 0, 0, (byte)message.Length, .. message];
        await using TestService service = await TestService.StartAsync();

        string answer = await AskAsync(service, question, atOnce);

        Assert.Equal(
            "200 content-type: application/grpc, server: Kestrel, body 00000000020801, grpc-status: 0", answer);
    }

    [Fact]
    public async Task Check_StorageFails_IsNotServing()
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);
        HealthCheckResponse answer;

        // As below: the sequencer soon finds out that storage works.
        do
        {
            service.Services.GetRequiredService<ServiceHealth>().StorageWorks = false;
            answer = await client.CheckAsync(new HealthCheckRequest());
        }
        while (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, answer.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("000000000000")]
    public async Task Check_BytesThatAreNoQuestion_AreRefused(string body)
    {
        await using TestService service = await TestService.StartAsync();

        string answer = await AskAsync(service, Convert.FromHexString(body), 100);

        Assert.DoesNotContain("grpc-status: 0", answer);
        Assert.Contains("grpc-status: ", answer);
    }

    [Fact]
    public async Task Watch_StorageFailsAndRecovers_TellsEachChange()
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);
        ServiceHealth health = service.Services.GetRequiredService<ServiceHealth>();
        using AsyncServerStreamingCall<HealthCheckResponse> call = client.Watch(new HealthCheckRequest());
        await call.ResponseStream.MoveNext(default);
        HealthCheckResponse.Types.ServingStatus first = call.ResponseStream.Current.Status;

        // The sequencer finds out within a second that storage works after all; it may do so before Watch has looked.
        HealthCheckResponse.Types.ServingStatus second;
        do
        {
            health.StorageWorks = false;
            await call.ResponseStream.MoveNext(default);
            second = call.ResponseStream.Current.Status;
        }
        while (second == HealthCheckResponse.Types.ServingStatus.Serving);

        await call.ResponseStream.MoveNext(default);
        HealthCheckResponse.Types.ServingStatus third = call.ResponseStream.Current.Status;

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, first);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, second);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, third);
    }

    [Fact]
    public async Task Healthz_OverPlainHttp_AnswersByState()
    {
        await using TestService service = await TestService.StartAsync();
        using var http = new HttpClient { BaseAddress = service.WebAddress };

        Assert.Equal("healthy\n", await http.GetStringAsync("/healthz"));

        System.Net.HttpStatusCode failing;
        do
        {
            service.Services.GetRequiredService<ServiceHealth>().StorageWorks = false;
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
            failing = answer.StatusCode;
        }
        while (failing == System.Net.HttpStatusCode.OK);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, failing);
    }

    private static async Task<string> AskAsync(TestService service, byte[] question, int atOnce)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(service.GrpcAddress, "/grpc.health.v1.Health/Check"))
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new SlowContent(question, atOnce),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        using HttpResponseMessage answer = await client.SendAsync(request);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        return string.Join(
            ", ",
            [
                $"{(int)answer.StatusCode} content-type: {answer.Content.Headers.ContentType}",
                .. answer.Headers.Where(header => header.Key != "Date").Select(Text),
                $"body {Convert.ToHexString(body)}",
                .. answer.TrailingHeaders.Select(Text),
            ]);
    }

    private static string Text(KeyValuePair<string, IEnumerable<string>> header) =>
        $"{header.Key.ToLowerInvariant()}: {string.Join(' ', header.Value)}";

    /// <summary>Sends a part at once and the rest after a while.</summary>
    private sealed class SlowContent(byte[] body, int atOnce) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, Math.Min(atOnce, body.Length)));
            await stream.FlushAsync();
            if (atOnce < body.Length)
            {
                await Task.Delay(50);
                await stream.WriteAsync(body.AsMemory(atOnce));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
