using System.Collections.Concurrent;
using HashMatch.Protocol;
using HashMatch.Service.Outcomes;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Outcomes;

/// <summary>Nothing that was said of an entry outlives it for long.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class OutcomeErasureTests : IDisposable
{
    private readonly string _folder = TestService.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // On PostgreSQL at two nodes, whose transactions wait for each other's rows; none may wait for ever, or fail.
    [Fact]
    public async Task Report_WhileTheEntriesAreWithdrawn_FailsNeverAndLeavesNothingAfterTheSweep()
    {
        const int Rounds = 15;
        const int Cases = 6;
        await using TestService one = await TestService.StartAsync(_folder);
        await using TestService? two = TestDatabase.IsPostgres ? await TestService.StartAsync(_folder) : null;
        TestService[] nodes = [one, two ?? one];
        string key = await one.AddPlatformAsync(Platforms.PlatformScopes.Match | Platforms.PlatformScopes.Feedback);
        using var first = new Client.MatchClient(nodes[0].GrpcAddress, key);
        using var second = new Client.MatchClient(nodes[1].GrpcAddress, key);
        Client.MatchClient[] clients = [first, second];
        var results = new ConcurrentBag<ReportResult>();

        for (int round = 0; round < Rounds; round++)
        {
            int start = round * 100;
            CaseKey[] cases = await Task.WhenAll(Enumerable.Range(0, Cases).Select(
                i => nodes[i % 2].RegisterAsync(Enumerable.Range(start + (i * 10), 10))));
            await nodes[0].MergeAsync();
            IReadOnlyList<HashMatches> found = await first.MatchAsync(
                [.. Enumerable.Range(0, Cases * 10).Select(i => TestHashes.Make(start + i))], 0, Token);
            OutcomeReport[] reports =
            [
                .. found
                    .Select(matches => matches.Matches.Single().EntryId)
                    .Select(id => ReportingPlatform.Report(id, Outcome.Removed)),
            ];
            await first.ReportAsync(reports[..(Cases * 5)], Token);

            await Task.WhenAll(
            [
                .. cases.Select((withdrawn, i) => nodes[i % 2].CaseClient.WithdrawAsync(withdrawn, Token)),
                .. Enumerable.Range(0, 8).Select(async i =>
                {
                    OutcomeReport[] shuffled =
                        [.. reports.Select(report => ReportingPlatform.Report(report.EntryId, (Outcome)(1 + (i % 3))))];
                    new Random(round + i).Shuffle(shuffled);
                    foreach (ReportReceipt receipt in await clients[i % 2].ReportAsync(shuffled, Token))
                    {
                        results.Add(receipt.Result);
                    }
                }),
            ]);
        }

        await SweepAsync(one);

        Assert.Contains(ReportResult.NotListed, results);
        Assert.Contains(ReportResult.Recorded, results);
        Assert.Equal(0, await one.ReadAsync(db => db.Entries.CountAsync()));
        Assert.Equal(0, await one.ReadAsync(db => db.Outcomes.CountAsync()));
    }

    [Fact]
    public async Task Sweep_ManyOrphansAmongListedOnes_GoesPageByPageAndKeepsTheListed()
    {
        await using TestService service = await TestService.StartAsync(_folder);
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1, 2);
        await platform.SayAsync(1, Outcome.Removed);
        await platform.SayAsync(2, Outcome.Removed);
        await AddOrphansAsync(service, 25_000);

        int pages = await SweepAsync(service);

        Assert.Equal(3, pages);
        Assert.Equal(
            await service.ReadAsync(db => db.Entries.Select(entry => entry.Id).Order().ToListAsync()),
            await service.ReadAsync(db => db.Outcomes.Select(row => row.EntryId).Order().ToListAsync()));
    }

    [Fact]
    public async Task Retention_OnANewDay_DeletesWhatIsLeftOfEntriesThatAreNot()
    {
        var clock = new MovedClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using TestService service = await TestService.StartAtAsync(clock);
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1);
        await platform.SayAsync(1, Outcome.Removed);
        await AddOrphansAsync(service, 10_001);

        clock.Now = clock.Now.AddDays(1);

        await FeedSteps.UntilAsync(async () => await service.ReadAsync(db => db.Outcomes.CountAsync()) == 1);
    }

    private static async Task<int> SweepAsync(TestService service)
    {
        OutcomeTable outcomes = service.Services.GetRequiredService<OutcomeTable>();
        int pages = 0;
        for (long? after = 0; after is long last; pages++)
        {
            after = await outcomes.SweepAsync(last, Token);
        }

        return pages;
    }

    private static async Task AddOrphansAsync(TestService service, int count)
    {
        await using HashMatchDb db = await service.Services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>().CreateDbContextAsync(Token);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(Token);
        long platform = await db.Platforms.Select(row => row.Id).FirstAsync(Token);
        await service.Services.GetRequiredService<SqlDialect>().InsertAsync(
            db,
            "outcomes",
            ["entry_id", "platform_id", "outcome", "day"],
            Enumerable.Range(0, count).Select(
                _ => new object[] { RandomId.Next(), platform, 1, new DateOnly(2026, 3, 1) }),
            Token);
        await transaction.CommitAsync(Token);
    }
}
