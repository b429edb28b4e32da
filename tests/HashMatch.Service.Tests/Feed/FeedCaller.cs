using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;

namespace HashMatch.Service.Tests.Feed;

/// <summary>A platform that calls the feed.</summary>
public sealed class FeedCaller(FeedService.FeedServiceClient client, string key)
{
    private readonly Metadata _headers = new() { { "authorization", "Bearer " + key } };

    public Metadata Headers => _headers;

    public FeedService.FeedServiceClient Client => client;

    public static async Task<FeedCaller> ConnectAsync(TestService service, string? name = null) =>
        new(service.Feed, await service.AddPlatformAsync(PlatformScopes.Mirror, name));

    public async Task<Checkpoint> CheckpointAsync() =>
        (await client.GetCheckpointAsync(new GetCheckpointRequest(), _headers)).Checkpoint;

    public async Task<IEnumerable<SigningKey>> KeysAsync() =>
        (await client.GetKeysAsync(new GetKeysRequest(), _headers)).Keys;

    public async Task<FeedPage> FetchAsync(FeedPosition? after) =>
        (await client.FetchAsync(new FetchRequest { After = after }, _headers)).Page;

    public async Task AcknowledgeAsync(byte[] mirrorId, FeedPosition at) => await client.AcknowledgeAsync(
        new AcknowledgeRequest { MirrorId = Google.Protobuf.ByteString.CopyFrom(mirrorId), At = at }, _headers);

    public AsyncServerStreamingCall<GetSnapshotResponse> BeginSnapshot() =>
        client.GetSnapshot(new GetSnapshotRequest(), _headers);

    public async IAsyncEnumerable<GetSnapshotResponse> SnapshotAsync()
    {
        using AsyncServerStreamingCall<GetSnapshotResponse> call = BeginSnapshot();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            yield return call.ResponseStream.Current;
        }
    }

    public AsyncServerStreamingCall<FollowResponse> Follow(FeedPosition after) =>
        client.Follow(new FollowRequest { After = after }, _headers);

    public async Task<StatusCode> FetchStatusAsync(FeedPosition? after)
    {
        try
        {
            await FetchAsync(after);
            return StatusCode.OK;
        }
        catch (RpcException refusal)
        {
            return refusal.StatusCode;
        }
    }
}
