using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Matching;

[Trait("Category", TestDatabase.Category)]
public sealed class MatchRefusalTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer hm_0123456789abcdef_00")]
    [InlineData("Basic aGVsbG86d29ybGQ=")]
    [InlineData("Bearer hm_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Match_WithoutAValidKey_IsUnauthenticated(string? authorization)
    {
        await using TestService service = await TestService.StartAsync();
        var headers = new Metadata();
        if (authorization is not null)
        {
            headers.Add("authorization", authorization);
        }

        RpcException unary = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(Request(), headers));
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call =
            service.Matches.MatchStream(headers);
        RpcException stream = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unauthenticated, unary.StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, stream.StatusCode);
        Assert.NotEmpty(unary.Status.Detail);
    }

    [Fact]
    public async Task Match_KeyWithAnotherSecret_IsUnauthenticated()
    {
        await using TestService service = await TestService.StartAsync();
        string key = await service.AddPlatformAsync();
        string other = key[..^1] + (key[^1] == '0' ? '1' : '0');
        await service.Matches.MatchAsync(Request(), Headers(key));

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(Request(), Headers(other)));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Match_WithoutTheScope_IsDenied()
    {
        await using TestService service = await TestService.StartAsync();
        string key =
            await service.AddPlatformAsync(PlatformScopes.Mirror | PlatformScopes.Feedback | PlatformScopes.Admin);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(Request(), Headers(key)));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
    }

    [Fact]
    public async Task Match_RevokedKey_FailsAlsoOnAnOpenStream()
    {
        await using TestService service = await TestService.StartAsync();
        string key = await service.AddPlatformAsync(name: "leaver");
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call =
            service.Matches.MatchStream(Headers(key), cancellationToken: TestContext.Current.CancellationToken);
        await AskAsync(call);

        await service.Services.GetRequiredService<PlatformRegistry>()
            .RevokeAsync("leaver", TestContext.Current.CancellationToken);
        var elapsed = Stopwatch.StartNew();
        RpcException stream = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (elapsed.Elapsed < TimeSpan.FromSeconds(30))
            {
                await AskAsync(call);
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        });
        TimeSpan ended = elapsed.Elapsed;
        RpcException unary = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(Request(), Headers(key)));

        Assert.Equal(StatusCode.Unauthenticated, stream.StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, unary.StatusCode);
        Assert.True(ended < TimeSpan.FromSeconds(HostilePeers.IsLong ? 5 : 20));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65)]
    [InlineData(257)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Match_DistanceOutOfRange_IsRefused(int distance)
    {
        await using TestService service = await TestService.StartAsync();
        Metadata headers = Headers(await service.AddPlatformAsync());
        MatchRequest request = Request();
        request.MaxDistance = distance;

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(request, headers));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(1_001, 32)]
    [InlineData(1, 0)]
    [InlineData(1, 31)]
    [InlineData(1, 33)]
    public async Task Match_WrongNumberOrSizeOfHashes_IsRefused(int count, int size)
    {
        await using TestService service = await TestService.StartAsync();
        Metadata headers = Headers(await service.AddPlatformAsync());
        byte[] bytes = new byte[size];
        Array.Fill(bytes, (byte)0x55);
        var request = new MatchRequest { Hashes = { Enumerable.Repeat(ByteString.CopyFrom(bytes), count) } };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(request, headers));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task Match_HashOfZeros_IsRefused()
    {
        await using TestService service = await TestService.StartAsync();
        Metadata headers = Headers(await service.AddPlatformAsync());
        var request = new MatchRequest { Hashes = { ByteString.CopyFrom(new byte[32]) } };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(request, headers));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task MatchStream_MessageWithoutARequest_IsRefused()
    {
        await using TestService service = await TestService.StartAsync();
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call =
            service.Matches.MatchStream(Headers(await service.AddPlatformAsync()));

        await call.RequestStream.WriteAsync(new MatchStreamRequest(), TestContext.Current.CancellationToken);
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task MatchStream_ServiceStops_EndsTheStreamAtOnce()
    {
        await using TestService service = await TestService.StartAsync();
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call =
            service.Matches.MatchStream(Headers(await service.AddPlatformAsync()));
        await AskAsync(call);

        var elapsed = Stopwatch.StartNew();
        Task stopped = service.StopAsync();

        // The status is not looked at: the connection may close before it has gone out.
        await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await stopped;

        Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Match_MoreMatchesThanAnAnswerHolds_IsRefusedAndNotCut()
    {
        await using TestService service = await TestService.StartAsync();
        Metadata headers = Headers(await service.AddPlatformAsync());
        await service.CaseClient.RegisterAsync(
            CaseKey.Create(), [.. Enumerable.Range(0, 11).Select(i => TestHashes.At(TestHashes.Make(1), 2 * i))]);
        using var client = new Client.MatchClient(service.GrpcAddress, await service.AddPlatformAsync());
        await client.MatchesAsync(TestHashes.Make(1), expected: 11);
        var request = new MatchRequest
        {
            Hashes = { Enumerable.Repeat(ByteString.CopyFrom(TestHashes.Make(1).ToByteArray()), 1_000) },
        };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(request, headers));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    private static async Task AskAsync(AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call)
    {
        await call.RequestStream.WriteAsync(
            new MatchStreamRequest { Request = Request() }, TestContext.Current.CancellationToken);
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
    }

    private static MatchRequest Request() =>
        new() { Hashes = { ByteString.CopyFrom(TestHashes.Make(1).ToByteArray()) } };

    private static Metadata Headers(string key) => new() { { "authorization", "Bearer " + key } };
}
