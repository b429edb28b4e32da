using System.Diagnostics;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Mirrors;

[Trait("Category", TestDatabase.Category)]
public sealed class ServiceAndMirrorTests
{
    [Fact]
    public async Task Match_SameQueriesAtTheSamePosition_AreAnsweredAlike()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        using var client = new MatchClient(service.GrpcAddress, served.ApiKey);

        // Some entries near each other, so that there are answers with several matches.
        Hash256[] listed = [.. Enumerable.Range(0, 300).Select(i => TestHashes.At(TestHashes.Make(i / 3), i % 3 * 14))];
        await service.CaseClient.RegisterAsync(CaseKey.Create(), listed);
        await served.UntilPublishedAsync();
        await using HashListMirror mirror = await served.OpenAsync();
        Hash256[] queries =
        [
            .. listed, .. listed.Select((hash, i) => TestHashes.At(hash, 2 * (i % 20))),
            .. Enumerable.Range(5_000, 100).Select(TestHashes.Make),
        ];

        foreach (int distance in (int[])[0, 31])
        {
            IReadOnlyList<HashMatches> answers = await client.MatchAsync(queries, distance);

            for (int i = 0; i < queries.Length; i++)
            {
                Assert.Equal(
                    answers[i].Matches.Select(match => new HashListMatch(
                        match.EntryId, match.Band, (int)match.Distance)),
                    mirror.Match(queries[i], distance));
            }

            Assert.Contains(answers, answer => answer.Matches.Count > 1 || distance == 0);
        }
    }

    [Fact]
    public async Task Follow_RegistrationsAndWithdrawals_ReachTheMirrorAndAreConfirmed()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        CaseKey stays = await service.RegisterAsync(Enumerable.Range(1, 20));
        await using HashListMirror mirror = await served.OpenAsync();
        using var stop = new CancellationTokenSource();
        Task following = mirror.FollowAsync(stop.Token);

        CaseKey leaves = await service.RegisterAsync(Enumerable.Range(15, 20));
        await TrialFeedServer.UntilAsync(() => mirror.Match(TestHashes.Make(34), 0).Count == 1, "the addition");
        await service.CaseClient.WithdrawAsync(leaves);
        await TrialFeedServer.UntilAsync(() => mirror.Status.LiveCount == 20, "the withdrawal");
        await FeedSteps.UntilAsync(async () =>
            (await service.CaseClient.GetStatusAsync(leaves)) is { MirrorsConfirmed: 1, Mirrors: 1 });

        Assert.Empty(mirror.Match(TestHashes.Make(34), 0));
        Assert.Single(mirror.Match(TestHashes.Make(15), 0));
        await served.AssertEqualAsync(mirror);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.NotEqual(stays, leaves);
    }

    [Fact]
    public async Task Open_LongList_IsThereInSeconds()
    {
        int entries = HostilePeers.IsLong ? 1_000_000 : 20_000;
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        BulkRegistration registration = service.Services.GetRequiredService<BulkRegistration>();
        var random = new Random(1);
        var key = CaseKey.Create();
        foreach (int[] part in Enumerable.Range(0, entries).Chunk(100_000))
        {
            await registration.AddAsync(
                key,
                [.. part.Select(_ => new Hash256(Word(random), Word(random), Word(random), Word(random)))],
                TestContext.Current.CancellationToken);
        }

        await service.MergeAsync();
        await service.PublishAsync();

        long start = Stopwatch.GetTimestamp();
        await using HashListMirror mirror = await served.OpenAsync();
        TimeSpan cold = Stopwatch.GetElapsedTime(start);
        await mirror.DisposeAsync();
        start = Stopwatch.GetTimestamp();
        await using HashListMirror again = await served.OpenAsync();
        TimeSpan warm = Stopwatch.GetElapsedTime(start);

        TestContext.Current.SendDiagnosticMessage(
            "Mirror of {0} entries: {1:N0} ms from the service, {2:N0} ms from its file.",
            entries, cold.TotalMilliseconds, warm.TotalMilliseconds);
        Assert.Equal(entries, mirror.Status.LiveCount);
        Assert.Equal(entries, again.Status.LiveCount);
        Assert.True(cold < TimeSpan.FromSeconds(20), $"It took {cold.TotalSeconds:N1} s.");
    }

    private static ulong Word(Random random) => (ulong)random.NextInt64();
}
