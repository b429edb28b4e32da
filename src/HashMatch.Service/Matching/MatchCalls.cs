using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Platforms;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Matching;

/// <summary>The match API for platforms.</summary>
[Audience(Audience.Match)]
public sealed class MatchCalls(
    HashList list,
    EntryIds entryIds,
    PlatformAccess access,
    IOptions<MatchingOptions> options,
    IHostApplicationLifetime lifetime) : MatchService.MatchServiceBase
{
    /// <summary>How many hashes a request holds at most.</summary>
    public const int MaxHashes = 1_000;

    /// <summary>How many matches an answer holds at most.</summary>
    public const int MaxMatches = 10_000;

    // How often a long request looks whether its caller is still there.
    private const int HashesPerSearch = 16;

    [Batch]
    public override Task<MatchResponse> Match(MatchRequest request, ServerCallContext context) =>
        Task.FromResult(Answer(request, PlatformAccess.Caller(context), context.CancellationToken));

    public override async Task MatchStream(
        IAsyncStreamReader<MatchStreamRequest> requestStream,
        IServerStreamWriter<MatchStreamResponse> responseStream,
        ServerCallContext context)
    {
        // A stream that the platform does not end must not hold up the service's own end.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        while (await NextAsync(requestStream, ending.Token))
        {
            // The key is looked at again for every request, so that a stream does not outlive its key's being revoked.
            CallingPlatform platform = await access.RequireAsync(context, PlatformScopes.Match);
            MatchRequest request = requestStream.Current.Request ?? throw Refusals.RequestMissing();
            var response = new MatchStreamResponse { Response = Answer(request, platform, context.CancellationToken) };
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    private async Task<bool> NextAsync(
        IAsyncStreamReader<MatchStreamRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            return await requests.MoveNext(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException or IOException
            && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Refusals.Stopping();
        }
    }

    private MatchResponse Answer(MatchRequest request, CallingPlatform platform, CancellationToken cancellationToken)
    {
        int distance = ReadDistance(request);
        Hash256[] hashes = ReadHashes(request);
        bool exact = platform.Scopes.HasFlag(PlatformScopes.Distance);
        using PlatformEntryIds ids = entryIds.For(platform.Id);
        var results = new List<Match>[hashes.Length];
        var found = new List<BatchMatch>();
        int total = 0;
        for (int first = 0; first < hashes.Length; first += HashesPerSearch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Clear();
            list.Search(hashes.AsSpan(first, Math.Min(HashesPerSearch, hashes.Length - first)), distance, found);
            total += found.Count;
            if (total > MaxMatches)
            {
                throw Refusals.TooManyMatches(MaxMatches);
            }

            foreach (BatchMatch match in found)
            {
                (results[first + match.QueryIndex] ??= []).Add(Describe(match, ids, exact));
            }
        }

        return new MatchResponse { Results = { results.Select(InOrder) } };
    }

    private static Match Describe(BatchMatch match, PlatformEntryIds ids, bool exact)
    {
        var described = new Match { EntryId = ids.Spell(match.Id), Band = Band(match.Distance) };
        if (exact)
        {
            described.Distance = (uint)match.Distance;
        }

        return described;
    }

    // Sorted by what is shown alone: an order by the exact distance would tell more than the bands.
    private static HashMatches InOrder(List<Match>? matches) => new()
    {
        Matches =
        {
            (matches ?? [])
                .OrderBy(match => match.Band)
                .ThenBy(match => match.Distance)
                .ThenBy(match => match.EntryId, StringComparer.Ordinal),
        },
    };

    private static MatchBand Band(int distance) => distance switch
    {
        <= 8 => MatchBand.Same,
        <= 20 => MatchBand.Near,
        _ => MatchBand.Far,
    };

    private static Hash256[] ReadHashes(MatchRequest request)
    {
        if (request.Hashes.Count is 0 or > MaxHashes)
        {
            throw Refusals.NoHashes(MaxHashes);
        }

        var hashes = new Hash256[request.Hashes.Count];
        for (int i = 0; i < hashes.Length; i++)
        {
            if (request.Hashes[i].Length != Hash256.ByteCount)
            {
                throw Refusals.HashMalformed();
            }

            hashes[i] = new Hash256(request.Hashes[i].Span);
            if (hashes[i] == default)
            {
                throw Refusals.HashOfZeros();
            }
        }

        return hashes;
    }

    private int ReadDistance(MatchRequest request)
    {
        int maximum = options.Value.MaxDistance;
        if (!request.HasMaxDistance)
        {
            return Math.Min(MatchingOptions.UsualDistance, maximum);
        }

        return request.MaxDistance >= 0 && request.MaxDistance <= maximum
            ? request.MaxDistance
            : throw Refusals.DistanceOutOfRange(maximum);
    }
}
