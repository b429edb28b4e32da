using System.Diagnostics;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Platforms;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Feed;

/// <summary>The feed for platforms that keep a mirror of the list.</summary>
[Audience(Audience.Mirror)]
public sealed class FeedCalls(
    FeedReader reader,
    FeedTail tail,
    MirrorTable mirrors,
    SigningKeys keys,
    PlatformAccess access,
    IOptions<CallLimits> limits,
    IHostApplicationLifetime lifetime) : FeedService.FeedServiceBase
{
    // A key that is revoked must fail within 5 seconds, of which its memory takes one.
    private static readonly TimeSpan KeyInterval = TimeSpan.FromSeconds(2);

    public override async Task<GetCheckpointResponse> GetCheckpoint(
        GetCheckpointRequest request, ServerCallContext context) =>
        new() { Checkpoint = await reader.ReadEndAsync(context.CancellationToken) };

    public override Task<GetKeysResponse> GetKeys(GetKeysRequest request, ServerCallContext context) =>
        Task.FromResult(new GetKeysResponse { Keys = { keys.Current().Keys } });

    public override Task GetSnapshot(
        GetSnapshotRequest request,
        IServerStreamWriter<GetSnapshotResponse> responseStream,
        ServerCallContext context) =>
        UntilStopAsync(context, async cancellationToken =>
        {
            long keyLookedAt = Stopwatch.GetTimestamp();
            long platform = PlatformAccess.Caller(context).Id;
            var paced = new PacedWriter(responseStream, context, limits.Value);
            await foreach (GetSnapshotResponse part in reader.ReadSnapshotAsync(platform, cancellationToken))
            {
                await paced.WriteAsync(part, cancellationToken);
                keyLookedAt = await LookAtKeyAsync(context, keyLookedAt);
            }
        });

    [Batch]
    public override async Task<FetchResponse> Fetch(FetchRequest request, ServerCallContext context) => new()
    {
        Page = await reader.ReadAsync(
            request.After, PlatformAccess.Caller(context).Id, context.CancellationToken),
    };

    public override Task Follow(
        FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context) =>
        UntilStopAsync(context, async cancellationToken =>
        {
            long keyLookedAt = Stopwatch.GetTimestamp();
            long platform = PlatformAccess.Caller(context).Id;
            FeedPosition? after = request.After;
            bool isFirst = true;
            while (true)
            {
                Task moved = tail.NextMove;
                FeedPage page = await reader.ReadAsync(after, platform, cancellationToken);
                if (isFirst || page.Changes.Count > 0)
                {
                    await responseStream.WriteAsync(new FollowResponse { Page = page }, cancellationToken);
                    after = page.Checkpoint.At;
                    isFirst = false;
                }

                // A page that is full is hardly the last.
                bool isEnd = page.Changes.Count < FeedReader.PageSize;
                do
                {
                    if (isEnd)
                    {
                        await moved.WaitAsync(KeyInterval, cancellationToken)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        cancellationToken.ThrowIfCancellationRequested();
                    }

                    keyLookedAt = await LookAtKeyAsync(context, keyLookedAt);
                }
                while (isEnd && !moved.IsCompleted);
            }
        });

    public override async Task<AcknowledgeResponse> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
    {
        if (request.MirrorId.Length != MirrorTable.IdSize)
        {
            throw Refusals.MirrorIdMalformed();
        }

        await reader.CheckAsync(request.At, context.CancellationToken);
        await mirrors.AcknowledgeAsync(
            PlatformAccess.Caller(context).Id,
            request.MirrorId.ToByteArray(),
            (long)request.At.Position,
            context.CancellationToken);
        return new AcknowledgeResponse();
    }

    private async Task<long> LookAtKeyAsync(ServerCallContext context, long last)
    {
        if (Stopwatch.GetElapsedTime(last) < KeyInterval)
        {
            return last;
        }

        await access.RequireAsync(context, PlatformScopes.Mirror);
        return Stopwatch.GetTimestamp();
    }

    // A stream must not hold up the service's own end.
    private async Task UntilStopAsync(ServerCallContext context, Func<CancellationToken, Task> work)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await work(ending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Refusals.Stopping();
        }
    }
}
