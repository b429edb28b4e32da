using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Calls;

/// <summary>How long calls may take, whatever their callers say.</summary>
public sealed class DeadlineTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("99999999H")]
    [InlineData("301m")]
    [InlineData("0S")]
    [InlineData("-5S")]
    [InlineData("5")]
    [InlineData("S")]
    [InlineData("123456789m")]
    [InlineData("100m")]
    [InlineData("99n")]
    public async Task Unary_StorageIsBusy_EndsAtTheServersDeadlineAtTheLatest(string? timeout)
    {
        await using TestService service = await TestService.StartAsync(
            settings: ["--Calls:BatchDeadline=00:00:00.3", "--Calls:UnaryDeadline=00:01:00"]);
        await using IAsyncDisposable busy = await service.HoldStorageAsync();
        Metadata headers = timeout is null ? [] : new Metadata { { "grpc-timeout", timeout } };
        byte[] message = new WithdrawRequest
        {
            CaseKey = ByteString.CopyFrom(CaseKey.Create().ToByteArray()),
            WholeCase = true,
        }.ToByteArray();

        RpcException refusal = await service.RefusalOfAsync(RawCalls.Withdraw, message, headers);

        Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
    }

    [Fact]
    public async Task Stream_OpenForItsWholeLife_EndsWithDeadlineExceeded()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Calls:StreamLife=00:00:00.3");
        var health = new Grpc.Health.V1.Health.HealthClient(service.Channel);

        using AsyncServerStreamingCall<Grpc.Health.V1.HealthCheckResponse> watch =
            health.Watch(new Grpc.Health.V1.HealthCheckRequest());
        RpcException end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
                Assert.NotNull(watch.ResponseStream.Current);
            }
        });

        Assert.Equal(StatusCode.DeadlineExceeded, end.StatusCode);
    }

    [Fact]
    public async Task Stream_CallerSendsNothing_IsUnavailable()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Calls:StreamIdle=00:00:00.3");
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call =
            service.Matches.MatchStream(headers);
        var request = new MatchRequest { Hashes = { ByteString.CopyFrom(TestHashes.Make(1).ToByteArray()) } };

        await call.RequestStream.WriteAsync(
            new MatchStreamRequest { Request = request }, TestContext.Current.CancellationToken);
        bool answered = await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        RpcException end = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.True(answered);
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Contains("0.3 s", end.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_CallerHasNothingToSend_StaysOpen()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Calls:StreamIdle=00:00:00.1");
        var health = new Grpc.Health.V1.Health.HealthClient(service.Channel);
        using AsyncServerStreamingCall<Grpc.Health.V1.HealthCheckResponse> watch =
            health.Watch(new Grpc.Health.V1.HealthCheckRequest());
        await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        Task<bool> next = watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        Task first = await Task.WhenAny(next, Task.Delay(500, TestContext.Current.CancellationToken));

        Assert.NotSame(next, first);
    }

    [Theory]
    [InlineData("UnaryDeadline", "00:00:00")]
    [InlineData("BatchDeadline", "-00:00:05")]
    [InlineData("StreamIdle", "2.00:00:00")]
    [InlineData("StreamLife", "00:00:00.0001")]
    [InlineData("StreamsPerCaller", "0")]
    [InlineData("Connections", "-1")]
    public async Task Start_LimitThatMakesNoSense_IsRefusedByName(string name, string value)
    {
        Microsoft.Extensions.Options.OptionsValidationException refusal =
            await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
                () => TestService.StartAsync(settings: $"--Calls:{name}={value}"));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }
}
