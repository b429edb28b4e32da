using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Feed;

[Trait("Category", TestDatabase.Category)]
public sealed class FeedCallTests
{
    [Fact]
    public async Task Calls_EmptyFeed_BeginAtZero()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);

        Checkpoint end = await caller.CheckpointAsync();
        FeedPage page = await caller.FetchAsync(end.At);
        FeedCopy snapshot = await FeedCopy.SnapshotAsync(caller);

        Assert.Equal(FeedCopy.Start(end.At.Epoch), end.At);
        Assert.Equal(16, end.At.Epoch.Length);
        Assert.Equal(0ul, end.LiveCount);
        Assert.Empty(page.Changes);
        Assert.Equal(1ul, page.FirstPosition);
        Assert.Empty(snapshot.Live);
        Assert.Equal(end.At, snapshot.At);
    }

    [Fact]
    public async Task Fetch_FromEveryPosition_GivesTheSameEnd()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        CaseKey withdrawn = await service.RegisterAsync(Enumerable.Range(0, 5));
        await service.RegisterAsync(Enumerable.Range(10, 5));
        await service.PublishAsync();
        await service.CaseClient.WithdrawAsync(withdrawn);
        FeedCopy whole = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        List<FeedRow> rows = await service.RowsAsync();

        Assert.Equal(15, rows.Count);
        Assert.Equal((5, 5), (whole.Leaves, whole.Withdrawals));
        foreach (FeedRow row in rows)
        {
            FeedPage page = await caller.FetchAsync(Place(whole.At.Epoch, row));
            Assert.Equal((ulong)row.Position + 1, page.FirstPosition);
            Assert.Equal(15 - (int)row.Position, page.Changes.Count);
            Assert.Equal(whole.At, page.Checkpoint.At);
            Assert.Equal(5ul, page.Checkpoint.LiveCount);
        }
    }

    [Fact]
    public async Task Fetch_PlaceThatTheFeedDoesNotHave_AsksToBeginAfresh()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        await service.RegisterAsync(1, 2, 3);
        await service.PublishAsync();
        FeedPosition end = (await caller.CheckpointAsync()).At;
        FeedPosition otherEpoch = end.Clone();
        otherEpoch.Epoch = Flip(end.Epoch);
        FeedPosition otherChain = end.Clone();
        otherChain.Chain = Flip(end.Chain);
        FeedPosition earlier = end.Clone();
        earlier.Position = 2;
        FeedPosition beyond = end.Clone();
        beyond.Position = 4;
        FeedPosition far = end.Clone();
        far.Position = ulong.MaxValue;
        FeedPosition zero = end.Clone();
        zero.Position = 0;

        Assert.Equal(StatusCode.OK, await caller.FetchStatusAsync(end));
        foreach (FeedPosition place in (FeedPosition[])[otherEpoch, otherChain, earlier, beyond, far, zero])
        {
            Assert.Equal(StatusCode.FailedPrecondition, await caller.FetchStatusAsync(place));
            using AsyncServerStreamingCall<FollowResponse> follow = caller.Follow(place);
            RpcException followed =
                await Assert.ThrowsAsync<RpcException>(() => follow.ResponseStream.MoveNext(default));
            Assert.Equal(StatusCode.FailedPrecondition, followed.StatusCode);
            RpcException acknowledged =
                await Assert.ThrowsAsync<RpcException>(() => caller.AcknowledgeAsync(new byte[16], place));
            Assert.Equal(StatusCode.FailedPrecondition, acknowledged.StatusCode);
        }
    }

    [Fact]
    public async Task Calls_MalformedPlaces_AreRefused()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedPosition end = (await caller.CheckpointAsync()).At;
        FeedPosition shortEpoch = end.Clone();
        shortEpoch.Epoch = ByteString.CopyFrom(new byte[15]);
        FeedPosition longChain = end.Clone();
        longChain.Chain = ByteString.CopyFrom(new byte[33]);

        foreach (FeedPosition? place in (FeedPosition?[])[null, new FeedPosition(), shortEpoch, longChain])
        {
            Assert.Equal(StatusCode.InvalidArgument, await caller.FetchStatusAsync(place));
        }

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => caller.AcknowledgeAsync(new byte[15], end));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task Additions_SeenByTwoPlatforms_HaveIdsLikeTheirOwnMatches()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        await service.RegisterAsync(1);
        await service.PublishAsync();
        string key = await service.AddPlatformAsync(PlatformScopes.Mirror | PlatformScopes.Match);
        var caller = new FeedCaller(service.Feed, key);
        FeedCaller other = await FeedCaller.ConnectAsync(service);

        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        FeedCopy otherCopy = await (await FeedCopy.BeginAsync(other)).FetchAllAsync(other);
        MatchResponse match = await service.Matches.MatchAsync(
            new MatchRequest { Hashes = { ByteString.CopyFrom(TestHashes.Make(1).ToByteArray()) } }, caller.Headers);

        string id = Convert.ToHexStringLower(copy.Live[1].Id.Span);
        Assert.Equal(match.Results[0].Matches[0].EntryId, id);
        Assert.Equal(copy.At, otherCopy.At);
        Assert.NotEqual(copy.Live[1].Id, otherCopy.Live[1].Id);
        Assert.Equal(copy.Live, (await FeedCopy.SnapshotAsync(caller)).Live);
    }

    [Theory]
    [InlineData(PlatformScopes.Match)]
    [InlineData(PlatformScopes.Distance)]
    [InlineData(PlatformScopes.Mirror)]
    [InlineData(PlatformScopes.Feedback)]
    [InlineData(PlatformScopes.Admin)]
    public async Task EveryMethod_EveryScope_IsServedWithMirrorAlone(PlatformScopes scope)
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedPosition end = (await (await FeedCaller.ConnectAsync(service)).CheckpointAsync()).At;
        var caller = new FeedCaller(service.Feed, await service.AddPlatformAsync(scope));
        StatusCode expected = scope == PlatformScopes.Mirror ? StatusCode.OK : StatusCode.PermissionDenied;
        Dictionary<string, Func<Metadata, Task>> calls = Methods(service.Feed, end);

        Assert.Equal(
            FeedService.Descriptor.Methods.Select(method => method.Name).Order(StringComparer.Ordinal),
            calls.Keys.Order(StringComparer.Ordinal));
        foreach (Func<Metadata, Task> call in calls.Values)
        {
            Assert.Equal(expected, await StatusAsync(() => call(caller.Headers)));
            Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => call([])));
        }
    }

    internal static Dictionary<string, Func<Metadata, Task>> Methods(
        FeedService.FeedServiceClient client, FeedPosition at) => new()
        {
            ["GetCheckpoint"] = async headers =>
                await client.GetCheckpointAsync(new GetCheckpointRequest(), headers),
            ["GetKeys"] = async headers => await client.GetKeysAsync(new GetKeysRequest(), headers),
            ["GetSnapshot"] = async headers =>
            {
                using AsyncServerStreamingCall<GetSnapshotResponse> call =
                    client.GetSnapshot(new GetSnapshotRequest(), headers);
                await call.ResponseStream.MoveNext(default);
            },
            ["Fetch"] = async headers => await client.FetchAsync(new FetchRequest { After = at }, headers),
            ["Follow"] = async headers =>
            {
                using AsyncServerStreamingCall<FollowResponse> call =
                    client.Follow(new FollowRequest { After = at }, headers);
                await call.ResponseStream.MoveNext(default);
            },
            ["Acknowledge"] = async headers => await client.AcknowledgeAsync(
                new AcknowledgeRequest { MirrorId = ByteString.CopyFrom(new byte[16]), At = at }, headers),
        };

    private static async Task<StatusCode> StatusAsync(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException refusal)
        {
            return refusal.StatusCode;
        }
    }

    private static FeedPosition Place(ByteString epoch, FeedRow row) =>
        new() { Epoch = epoch, Position = (ulong)row.Position, Chain = ByteString.CopyFrom(row.Chain) };

    private static ByteString Flip(ByteString bytes) =>
        ByteString.CopyFrom([(byte)(bytes[0] ^ 1), .. bytes.ToByteArray()[1..]]);
}
