using System.Diagnostics;
using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Retries;

public sealed class UnaryRetryTests
{
    // What one call makes of it at most.
    private const int Attempts = 5;

    [Fact]
    public async Task Match_UnavailableFourTimes_IsAnsweredByTheFifthAttempt()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = FailUntil(Attempts, StatusCode.Unavailable);

        IReadOnlyList<HashMatches> answer = await server.Client.MatchAsync([TestHashes.Make(1)]);

        Assert.Equal(TestHashes.Make(1).ToHex(), answer[0].Matches[0].EntryId);
        Assert.Equal(Attempts, server.Matching.Calls);
    }

    [Fact]
    public async Task Match_UnavailableForGood_FailsAfterFiveAttemptsAndLaterCallsAfterFewer()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = FailUntil(int.MaxValue, StatusCode.Unavailable);
        List<int> calls = [];

        for (int i = 0; i < 4; i++)
        {
            int before = server.Matching.Calls;
            RpcException failure = await Assert.ThrowsAsync<RpcException>(
                () => server.Client.MatchAsync([TestHashes.Make(1)]));
            calls.Add(server.Matching.Calls - before);
            Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        }

        // Twenty tokens, of which each failure takes one; at ten nothing is repeated.
        Assert.Equal([Attempts, Attempts, 1, 1], calls);
    }

    [Fact]
    public async Task Match_RefusedWithPushback_IsRepeatedAfterThatTime()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = FailUntil(2, StatusCode.ResourceExhausted, "700");

        var elapsed = Stopwatch.StartNew();
        await server.Client.MatchAsync([TestHashes.Make(1)]);

        Assert.True(elapsed.ElapsedMilliseconds >= 680);
        Assert.Equal(2, server.Matching.Calls);
    }

    [Fact]
    public async Task Match_Repeated_HasOneDeadlineForAllAttempts()
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = FailUntil(3, StatusCode.ResourceExhausted, "700");

        await server.Client.MatchAsync([TestHashes.Make(1)]);

        DateTime[] deadlines = [.. server.Matching.Deadlines];
        Assert.Equal(3, deadlines.Length);
        Assert.InRange(deadlines[0] - DateTime.UtcNow, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
        Assert.True((deadlines[2] - deadlines[0]).Duration() < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, null)]
    [InlineData(StatusCode.Unauthenticated, null)]
    [InlineData(StatusCode.PermissionDenied, null)]
    [InlineData(StatusCode.DeadlineExceeded, null)]
    [InlineData(StatusCode.Internal, null)]
    [InlineData(StatusCode.ResourceExhausted, null)]
    [InlineData(StatusCode.ResourceExhausted, "-1")]
    [InlineData(StatusCode.Unavailable, "never")]
    public async Task Match_RefusedForGood_IsNotRepeated(StatusCode code, string? pushback)
    {
        await using TrialMatchServer server = await TrialMatchServer.StartAsync();
        server.Matching.OnCall = FailUntil(int.MaxValue, code, pushback);

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.MatchAsync([TestHashes.Make(1)]));

        Assert.Equal(code, failure.StatusCode);
        Assert.Equal(1, server.Matching.Calls);
    }

    private static Action<int> FailUntil(int call, StatusCode code, string? pushback = null) =>
        number =>
        {
            if (number < call)
            {
                throw TrialMatching.Failure(code, pushback);
            }
        };
}
