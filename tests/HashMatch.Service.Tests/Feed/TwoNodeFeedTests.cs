using System.Collections.Concurrent;
using HashMatch.Protocol;
using HashMatch.Service.Feed;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Feed;

[Trait("Category", TestDatabase.Category)]
public sealed class TwoNodeFeedTests
{
    private const int Writers = 8;
    private const int Rounds = 25;

    [Fact]
    public async Task RegisterWithdrawPublish_AtTwoNodes_AppendDenselyToOneChain()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "One service at a time may use a SQLite database.");
        string folder = TestService.NewFolder();
        await using TestService one = await TestService.StartAsync(folder, settings: FeedSteps.AtOnce);
        await using TestService two = await TestService.StartAsync(folder, settings: FeedSteps.AtOnce);
        TestService[] nodes = [one, two];
        var kept = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (int round = 0; round < Rounds; round++)
            {
                // Hashes are shared between the writers, so that entries come and go under others' hands.
                int[] seeds = [random.Next(40), random.Next(40), 100 + (writer * Rounds) + round];
                var key = CaseKey.Create();
                TestService node = nodes[random.Next(2)];
                await node.CaseClient.RegisterAsync(key, [.. seeds.Select(TestHashes.Make)]);
                if (random.Next(3) > 0)
                {
                    await nodes[random.Next(2)].CaseClient.WithdrawAsync(key);
                }
                else
                {
                    Array.ForEach(seeds, kept.Add);
                }
            }
        })));
        foreach (TestService node in nodes)
        {
            await node.MergeAsync();
            await node.Services.GetRequiredService<FeedPublication>()
                .PublishAsync(TestContext.Current.CancellationToken);
        }

        List<FeedRow> rows = await one.RowsAsync();
        FeedCaller caller = await FeedCaller.ConnectAsync(one);
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        var atTwo = new FeedCaller(two.Feed, caller.Headers.GetValue("authorization")!["Bearer ".Length..]);
        FeedCopy other = await (await FeedCopy.BeginAsync(atTwo)).FetchAllAsync(atTwo);
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => (int)row.Position));
        Assert.Equal(kept.Distinct().Select(TestHashes.Make).InOrder(), copy.Hashes.InOrder());
        Assert.Equal(copy.Live, other.Live);
        Assert.Equal(copy.At, other.At);
        Assert.All(await one.ExamineAsync(), finding => Assert.True(finding.IsWell, finding.ToString()));
    }

    [Fact]
    public async Task Follow_ChangeAtTheOtherNode_ComesWithinASecond()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "One service at a time may use a SQLite database.");
        string folder = TestService.NewFolder();
        await using TestService one = await TestService.StartAsync(folder, settings: FeedSteps.ByHand);
        await using TestService two = await TestService.StartAsync(folder, settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(one);
        FeedCopy copy = await FeedCopy.BeginAsync(caller);
        using Grpc.Core.AsyncServerStreamingCall<FollowResponse> call = caller.Follow(copy.At);
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        await two.RegisterAsync(1);

        await two.PublishAsync();
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        copy.Apply(call.ResponseStream.Current.Page);

        Assert.Equal([TestHashes.Make(1)], copy.Hashes);
    }
}
