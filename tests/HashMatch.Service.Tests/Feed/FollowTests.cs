using System.Diagnostics;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Feed;

[Trait("Category", TestDatabase.Category)]
public sealed class FollowTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_Live_GivesWhatComesAndGoes()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedCopy copy = await FeedCopy.BeginAsync(caller);
        using AsyncServerStreamingCall<FollowResponse> call = caller.Follow(copy.At);

        await NextAsync(call, copy);
        Assert.Equal(0ul, copy.At.Position);
        CaseKey key = await service.RegisterAsync(1, 2);
        while (copy.Live.Count < 2)
        {
            await NextAsync(call, copy);
        }

        var patience = Stopwatch.StartNew();
        await service.CaseClient.WithdrawAsync(key);
        while (copy.Live.Count > 0)
        {
            await NextAsync(call, copy);
        }

        Assert.InRange(patience.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal((await caller.CheckpointAsync()).At, copy.At);
    }

    [Fact]
    public async Task Follow_FromTheBeginning_GivesPagesAndGoesOn()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        await service.Services.GetRequiredService<Service.Cases.BulkRegistration>()
            .AddAsync(CaseKey.Create(), [.. Enumerable.Range(0, 5_000).Select(TestHashes.Make)], Cancelled);
        await service.MergeAsync();
        await service.PublishAsync();
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedCopy copy = await FeedCopy.BeginAsync(caller);
        using AsyncServerStreamingCall<FollowResponse> call = caller.Follow(copy.At);

        await NextAsync(call, copy);
        Assert.Equal(4_096, copy.Live.Count);
        await NextAsync(call, copy);
        Assert.Equal(5_000, copy.Live.Count);
        await service.RegisterAsync(10_000);
        await service.PublishAsync();
        await NextAsync(call, copy);

        Assert.Equal(5_001, copy.Live.Count);
    }

    [Fact]
    public async Task Follow_KeyRevoked_EndsTheCall()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service, "soon revoked");
        using AsyncServerStreamingCall<FollowResponse> call = caller.Follow((await caller.CheckpointAsync()).At);
        await call.ResponseStream.MoveNext(Cancelled);

        var patience = Stopwatch.StartNew();
        await service.Services.GetRequiredService<PlatformRegistry>().RevokeAsync("soon revoked", Cancelled);
        RpcException refusal =
            await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
        Assert.InRange(patience.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(HostilePeers.IsLong ? 5 : 20));
    }

    [Fact]
    public async Task Follow_ServiceStops_EndsAtOnceAndSaysSo()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        using AsyncServerStreamingCall<FollowResponse> call = caller.Follow((await caller.CheckpointAsync()).At);
        await call.ResponseStream.MoveNext(Cancelled);

        var patience = Stopwatch.StartNew();
        Task stopped = service.StopAsync();
        RpcException refusal =
            await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));
        await stopped;

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Contains("stopping", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(patience.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Follow_LifeOfAStreamOver_IsDeadlineExceeded()
    {
        await using TestService service =
            await TestService.StartAsync(settings: [.. FeedSteps.ByHand, "--Calls:StreamLife=00:00:00.5"]);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        using AsyncServerStreamingCall<FollowResponse> call = caller.Follow((await caller.CheckpointAsync()).At);
        await call.ResponseStream.MoveNext(Cancelled);

        RpcException refusal =
            await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
    }

    [Fact]
    public async Task Follow_MoreStreamsThanAPlatformMayHave_IsRefused()
    {
        await using TestService service =
            await TestService.StartAsync(settings: [.. FeedSteps.ByHand, "--Calls:StreamsPerCaller=1"]);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedPosition end = (await caller.CheckpointAsync()).At;
        using AsyncServerStreamingCall<FollowResponse> first = caller.Follow(end);
        await first.ResponseStream.MoveNext(Cancelled);

        using AsyncServerStreamingCall<FollowResponse> second = caller.Follow(end);
        RpcException refusal =
            await Assert.ThrowsAsync<RpcException>(() => second.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public async Task Follow_DatabaseRewound_AsksToBeginAfresh()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        await service.RegisterAsync(1, 2);
        await service.PublishAsync();
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        using AsyncServerStreamingCall<FollowResponse> call = caller.Follow((await caller.CheckpointAsync()).At);
        await call.ResponseStream.MoveNext(Cancelled);

        await service.AlterAsync(
            """
            DELETE FROM feed_changes WHERE position = 2;
            UPDATE feed_head SET position = 1, live_count = 1,
                chain = (SELECT chain FROM feed_changes WHERE position = 1);
            """);
        RpcException refusal =
            await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
    }

    private static async Task NextAsync(AsyncServerStreamingCall<FollowResponse> call, FeedCopy copy)
    {
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        copy.Apply(call.ResponseStream.Current.Page);
    }
}
