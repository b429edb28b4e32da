using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using HashMatch.Protocol;

namespace HashMatch.Client.Mirrors;

/// <summary>The feed's calls, as one platform.</summary>
internal sealed class FeedConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly FeedService.FeedServiceClient _client;
    private readonly Metadata _headers;

    /// <summary>Prepares the connection. Nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The API key is not of printable ASCII characters.</exception>
    public FeedConnection(Uri server, string apiKey)
    {
        if (apiKey.Length == 0 || apiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("An API key is made of printable ASCII characters.", nameof(apiKey));
        }

        _channel = ServiceChannel.To(server);
        _client = new FeedService.FeedServiceClient(_channel);
        _headers = new Metadata { { "authorization", "Bearer " + apiKey } };
    }

    private static DateTime Deadline => DateTime.UtcNow + ServiceChannel.CallTimeout;

    public async Task<IReadOnlyList<SigningKey>> GetKeysAsync(CancellationToken cancellationToken)
    {
        GetKeysResponse response = await _client
            .GetKeysAsync(new GetKeysRequest(), _headers, Deadline, cancellationToken)
            .ConfigureAwait(false);
        return response.Keys;
    }

    public async Task<Checkpoint?> GetCheckpointAsync(CancellationToken cancellationToken)
    {
        GetCheckpointResponse response = await _client
            .GetCheckpointAsync(new GetCheckpointRequest(), _headers, Deadline, cancellationToken)
            .ConfigureAwait(false);
        return response.Checkpoint;
    }

    public async Task<FeedPage?> FetchAsync(FeedState after, CancellationToken cancellationToken)
    {
        FetchResponse response = await _client
            .FetchAsync(new FetchRequest { After = after.ToMessage() }, _headers, Deadline, cancellationToken)
            .ConfigureAwait(false);
        return response.Page;
    }

    public AsyncServerStreamingCall<GetSnapshotResponse> GetSnapshot(CancellationToken cancellationToken) =>
        _client.GetSnapshot(new GetSnapshotRequest(), _headers, cancellationToken: cancellationToken);

    public AsyncServerStreamingCall<FollowResponse> Follow(FeedState after, CancellationToken cancellationToken) =>
        _client.Follow(
            new FollowRequest { After = after.ToMessage() }, _headers, cancellationToken: cancellationToken);

    public async Task AcknowledgeAsync(byte[] mirrorId, FeedState at, CancellationToken cancellationToken) =>
        await _client
            .AcknowledgeAsync(
                new AcknowledgeRequest { MirrorId = ByteString.CopyFrom(mirrorId), At = at.ToMessage() },
                _headers,
                Deadline,
                cancellationToken)
            .ConfigureAwait(false);

    public void Dispose() => _channel.Dispose();
}
