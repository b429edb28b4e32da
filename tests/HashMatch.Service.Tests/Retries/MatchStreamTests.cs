using System.Diagnostics;
using System.Runtime.CompilerServices;
using Grpc.Core;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using Microsoft.AspNetCore.Connections.Features;

namespace HashMatch.Service.Tests.Retries;

public sealed class MatchStreamTests
{
    private const int MaxFailures = 10;

    [Fact]
    public async Task MatchStream_TwentyRandomBreaks_AnswersThousandsOfBatchesOnceAndInOrder()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        var random = new Random(20);
        int breaks = 0;
        int next = random.Next(1, 200);
        server.Matching.BeforeAnswer = (call, request, context) =>
        {
            if (request < next || call != breaks + 1 || breaks == 20)
            {
                return Task.CompletedTask;
            }

            breaks = call;
            next = random.Next(1, 200);
            return BreakAsync(random.Next(4), context);
        };

        List<IReadOnlyList<HashMatches>> answers =
            await server.Client.MatchStreamAsync(Batches(5_000).ToAsyncEnumerable()).ToListAsync();

        Assert.Equal(Batches(5_000).Select(batch => batch[0].ToHex()), answers.Select(Text));
        Assert.Equal(20, breaks);
        Assert.Equal(21, server.Matching.Calls);
    }

    [Fact]
    public async Task MatchStream_NoAnswerFromTenCallsInARow_GivesUp()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();

        // One answer in between: only failures in a row count.
        server.Matching.BeforeAnswer = (call, request, _) => call == 5 && request == 1
            ? Task.CompletedTask
            : throw TrialMatching.Failure(StatusCode.Unavailable);
        int answers = 0;

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (IReadOnlyList<HashMatches> answer
                in server.Client.MatchStreamAsync(Batches(3).ToAsyncEnumerable()))
            {
                answers++;
            }
        });

        Assert.Equal("on trial", failure.Status.Detail);
        Assert.Equal(1, answers);
        Assert.Equal(4 + MaxFailures, server.Matching.Calls);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, null)]
    [InlineData(StatusCode.Unauthenticated, null)]
    [InlineData(StatusCode.PermissionDenied, null)]
    [InlineData(StatusCode.Internal, null)]
    [InlineData(StatusCode.ResourceExhausted, null)]
    [InlineData(StatusCode.ResourceExhausted, "-1")]
    public async Task MatchStream_RefusedForGood_ThrowsAfterTheAnswersBeforeIt(StatusCode code, string? pushback)
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.BeforeAnswer = (_, request, _) =>
            request < 3 ? Task.CompletedTask : throw TrialMatching.Failure(code, pushback);
        int answers = 0;

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (IReadOnlyList<HashMatches> answer
                in server.Client.MatchStreamAsync(Batches(9).ToAsyncEnumerable()))
            {
                answers++;
            }
        });

        Assert.Equal(code, failure.StatusCode);
        Assert.Equal(2, answers);
        Assert.Equal(1, server.Matching.Calls);
    }

    [Fact]
    public async Task MatchStream_TooManyStreamsForNow_TriesAgainAfterTheTimeThatTheServiceNames()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = call =>
        {
            if (call < 3)
            {
                throw TrialMatching.Failure(StatusCode.ResourceExhausted, "400");
            }
        };

        var elapsed = Stopwatch.StartNew();
        List<IReadOnlyList<HashMatches>> answers =
            await server.Client.MatchStreamAsync(Batches(9).ToAsyncEnumerable()).ToListAsync();

        Assert.Equal(9, answers.Count);
        Assert.Equal(3, server.Matching.Calls);
        Assert.True(elapsed.ElapsedMilliseconds >= 780);
    }

    [Fact]
    public async Task MatchStream_NothingToSend_MakesNoCall()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();

        List<IReadOnlyList<HashMatches>> answers =
            await server.Client.MatchStreamAsync(AsyncEnumerable.Empty<IReadOnlyList<Hash256>>()).ToListAsync();

        Assert.Empty(answers);
        Assert.Equal(0, server.Matching.Calls);
    }

    [Fact]
    public async Task MatchStream_NoAnswers_TakesNoMoreThan64BatchesAhead()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Matching.BeforeAnswer = (_, _, _) => gate.Task;
        int taken = 0;
        IAsyncEnumerable<IReadOnlyList<Hash256>> batches = Batches(200).ToAsyncEnumerable().Select(batch =>
        {
            Interlocked.Increment(ref taken);
            return batch;
        });

        Task<List<IReadOnlyList<HashMatches>>> answers = server.Client.MatchStreamAsync(batches).ToListAsync().AsTask();
        await UntilAsync(() => server.Matching.Received == 1 && taken >= 64);
        await Task.Delay(200);
        int ahead = taken;
        gate.SetResult();

        Assert.Equal(64, ahead);
        Assert.Equal(200, (await answers).Count);
    }

    [Fact]
    public async Task MatchStream_Cancelled_EndsAtOnceThoughTheSourceIsDeaf()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        using var cancelling = new CancellationTokenSource();
        int answers = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (IReadOnlyList<HashMatches> answer
                in server.Client.MatchStreamAsync(Deaf(), cancellationToken: cancelling.Token))
            {
                answers++;
                cancelling.CancelAfter(50);
            }
        }).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(1, answers);

        static async IAsyncEnumerable<IReadOnlyList<Hash256>> Deaf()
        {
            yield return [TestHashes.Make(1)];
            await new TaskCompletionSource().Task;
        }
    }

    [Fact]
    public async Task MatchStream_CancelledWhileTheServiceIsGone_EndsAtOnce()
    {
        using var client = new MatchClient(new Uri("http://127.0.0.1:1"), "hm_trial")
        {
            StreamRetries = new StreamRetries(2, TimeSpan.FromHours(1), TimeSpan.FromHours(1)),
        };
        using var cancelling = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client
            .MatchStreamAsync(Batches(3).ToAsyncEnumerable(), cancellationToken: cancelling.Token)
            .ToListAsync(CancellationToken.None))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task MatchStream_CallerStopsAsking_EndsTheSourceBeforeItReturns()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        bool isEnded = false;

        await foreach (IReadOnlyList<HashMatches> answer in server.Client.MatchStreamAsync(Endless()))
        {
            break;
        }

        Assert.True(isEnded);

        async IAsyncEnumerable<IReadOnlyList<Hash256>> Endless(
            [EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                yield return [TestHashes.Make(1)];
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                isEnded = true;
            }
        }
    }

    [Fact]
    public async Task MatchStream_SourceBreaksOffDuringABreak_AnswersWhatItGaveAndTellsWhy()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = call =>
        {
            if (call < 4)
            {
                throw TrialMatching.Failure(StatusCode.Unavailable);
            }
        };
        int answers = 0;

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (IReadOnlyList<HashMatches> answer in server.Client.MatchStreamAsync(BreakingOff()))
            {
                answers++;
            }
        });

        Assert.Equal(5, answers);

        static async IAsyncEnumerable<IReadOnlyList<Hash256>> BreakingOff()
        {
            foreach (IReadOnlyList<Hash256> batch in Batches(5))
            {
                yield return batch;
            }

            await Task.Yield();
            throw new FormatException();
        }
    }

    private static IEnumerable<IReadOnlyList<Hash256>> Batches(int count) =>
        Enumerable.Range(1, count).Select(number => (IReadOnlyList<Hash256>)[new Hash256(0, 0, 0, (ulong)number)]);

    private static string Text(IReadOnlyList<HashMatches> answer) =>
        Assert.Single(Assert.Single(answer).Matches).EntryId;

    private static async Task BreakAsync(int kind, ServerCallContext context)
    {
        switch (kind)
        {
            case 0:
                throw TrialMatching.Failure(StatusCode.Unavailable);
            case 1:
                context.GetHttpContext().Abort();
                break;
            case 2:
                context.GetHttpContext().Features.Get<IConnectionLifetimeFeature>()!.Abort();
                break;
            default:
                throw TrialMatching.Failure(StatusCode.ResourceExhausted, "3");
        }

        // Until the service has noticed: what it answers after that reaches nobody.
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var patience = Stopwatch.StartNew();
        while (!holds() && patience.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(5);
        }
    }
}
