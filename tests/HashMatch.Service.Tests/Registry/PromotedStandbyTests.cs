using System.Diagnostics;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Mirrors;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>A standby takes over that lacks commits which a service and a mirror have seen.</summary>
public sealed class PromotedStandbyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standby_PromotedWithoutTheLastCommits_ListAndMirrorComeToWhatItHolds()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer primary = await PostgresServer.StartAsync();
        await primary.CreateDatabaseAsync("promoted");
        await using PostgresServer standby = await primary.StartStandbyAsync();
        await using TestService service = await TestService.StartAsync(
            null,
            null,
            [
                .. FeedSteps.AtOnce,
                "--Storage:Provider=Postgres",
                $"--Storage:ConnectionString=Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};"
                    + "Username=hashmatch;Database=promoted;Target Session Attributes=primary;Host Recheck Seconds=1",
            ]);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        await service.RegisterAsync(Enumerable.Range(1, 20));
        CaseKey withdrawn = await service.RegisterAsync(Enumerable.Range(100, 10));
        await served.UntilPublishedAsync();
        await using HashListMirror mirror = await served.OpenAsync();
        using var end = new CancellationTokenSource();
        Task following = mirror.FollowAsync(end.Token);
        await PostgresServers.UntilReplayedAsync(primary, standby, "promoted");

        // From here on the standby misses what comes: hashes, and that others go.
        await standby.StopAsync();
        CaseKey lost = await service.RegisterAsync(Enumerable.Range(200, 15));
        await service.CaseClient.WithdrawAsync(withdrawn, Token);
        await FeedSteps.UntilAsync(() => Task.FromResult(HasOnly(mirror, 20 + 15, present: 200, absent: 100)));
        AssertList(service, Seeds(1, 20).Concat(Seeds(200, 15)));
        await primary.StopAsync("immediate");
        await standby.RunAsync();
        await standby.PromoteAsync();

        var taken = Stopwatch.StartNew();
        HashList list = service.Services.GetRequiredService<HashList>();
        await FeedSteps.UntilAsync(() => Task.FromResult(list.Count == 20 + 10));
        TimeSpan listTook = taken.Elapsed;
        await FeedSteps.UntilAsync(
            () => Task.FromResult(HasOnly(mirror, 20 + 10, present: 100, absent: 200)), seconds: 30);
        TestContext.Current.SendDiagnosticMessage(
            $"after the promotion: list {listTook.TotalSeconds:F1} s, mirror {taken.Elapsed.TotalSeconds:F1} s");

        AssertList(service, Seeds(1, 20).Concat(Seeds(100, 10)));
        await using (HashMatchDb db = await service.OpenAsync())
        {
            await RegistryContents.AssertListAsync(db, [.. Seeds(1, 20), .. Seeds(100, 10)]);
        }

        await served.AssertEqualAsync(mirror);

        // What was lost is sent again, and all goes on.
        await service.CaseClient.RegisterAsync(lost, [.. Seeds(200, 15)]);
        await service.CaseClient.WithdrawAsync(withdrawn, Token);
        await FeedSteps.UntilAsync(() => Task.FromResult(HasOnly(mirror, 20 + 15, present: 200, absent: 100)));
        AssertList(service, Seeds(1, 20).Concat(Seeds(200, 15)));
        await served.AssertEqualAsync(mirror);
        await served.AssertDenseAsync();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    private static IEnumerable<Hash256> Seeds(int first, int count) =>
        Enumerable.Range(first, count).Select(TestHashes.Make);

    private static bool HasOnly(HashListMirror mirror, int count, int present, int absent) =>
        mirror.Status.LiveCount == count
        && mirror.Match(TestHashes.Make(present), 0).Count == 1
        && mirror.Match(TestHashes.Make(absent), 0).Count == 0;

    private static void AssertList(TestService service, IEnumerable<Hash256> expected)
    {
        Hash256[] hashes = [.. expected];
        HashList list = service.Services.GetRequiredService<HashList>();
        var found = new List<BatchMatch>();
        list.Search(hashes, 0, found);
        Assert.Equal(hashes.Length, list.Count);
        Assert.Equal(Enumerable.Range(0, hashes.Length), found.Select(match => match.QueryIndex).Order());
    }
}
