using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Retries;

/// <summary>Fails as a test asks, and else answers each hash with itself, so that answers can be told apart.</summary>
public sealed class TrialMatching : MatchService.MatchServiceBase
{
    private int _calls;
    private int _received;

    /// <summary>How many calls came.</summary>
    public int Calls => _calls;

    /// <summary>How many requests came over all streams.</summary>
    public int Received => _received;

    /// <summary>The deadline of each call.</summary>
    public ConcurrentQueue<DateTime> Deadlines { get; } = [];

    /// <summary>What a call does first, by its number from 1: nothing, or throw.</summary>
    public Action<int> OnCall { get; set; } = _ => { };

    /// <summary>What is done before a stream's request is answered, by the call's number and its own.</summary>
    public Func<int, int, ServerCallContext, Task> BeforeAnswer { get; set; } = (_, _, _) => Task.CompletedTask;

    public static RpcException Failure(StatusCode code, string? pushback = null) => new(
        new Status(code, "on trial"),
        pushback is null ? [] : new Metadata { { "grpc-retry-pushback-ms", pushback } });

    public override Task<MatchResponse> Match(MatchRequest request, ServerCallContext context)
    {
        Begin(context);
        return Task.FromResult(Answer(request));
    }

    public override async Task MatchStream(
        IAsyncStreamReader<MatchStreamRequest> requestStream,
        IServerStreamWriter<MatchStreamResponse> responseStream,
        ServerCallContext context)
    {
        int call = Begin(context);
        for (int request = 1; await requestStream.MoveNext(context.CancellationToken); request++)
        {
            Interlocked.Increment(ref _received);
            await BeforeAnswer(call, request, context);
            await responseStream.WriteAsync(
                new MatchStreamResponse { Response = Answer(requestStream.Current.Request) },
                context.CancellationToken);
        }
    }

    private static MatchResponse Answer(MatchRequest request) =>
        new() { Results = { request.Hashes.Select(Echo) } };

    private static HashMatches Echo(ByteString hash) =>
        new() { Matches = { new Match { EntryId = Convert.ToHexStringLower(hash.Span) } } };

    private int Begin(ServerCallContext context)
    {
        Deadlines.Enqueue(context.Deadline);
        int call = Interlocked.Increment(ref _calls);
        OnCall(call);
        return call;
    }
}
