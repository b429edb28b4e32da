using System.Diagnostics;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Health;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HashMatch.Service.Tests.Registry;

/// <summary>The work behind the calls: it must end under load, and survive what it did not expect.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class SequencerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_MoreThanIsReadAtOnceFromTheVeryBeginning_ReadsAll()
    {
        await using TestService service = await TestService.StartAsync();
        List<Hash256> hashes = MakeMany(25_000);
        await service.Services.GetRequiredService<BulkRegistration>().AddAsync(CaseKey.Create(), hashes, Token);
        await service.Services.GetRequiredService<Sequencer>().MergeAsync(Token);

        // A list of its own: the service's is followed by others too.
        using var list = new HashList(
            service.Services.GetRequiredService<IDbContextFactory<HashMatchDb>>(),
            service.Services.GetRequiredService<SqlDialect>(),
            service.Services.GetRequiredService<ListSnapshot>(),
            NullLogger<HashList>.Instance);

        await list.FollowAsync(Token);

        Assert.Equal(hashes.Count, list.Count);
    }

    [Fact]
    public async Task Withdraw_WhileOthersRegisterWithoutAPause_Ends()
    {
        await using TestService service = await TestService.StartAsync();
        CaseRegistry registry = service.Services.GetRequiredService<CaseRegistry>();
        var mine = CaseKey.Create();
        await service.CaseClient.RegisterAsync(mine, TestHashes.Make(0));
        using var end = new CancellationTokenSource();
        Task[] others = [.. Enumerable.Range(1, 16).Select(first => Task.Run(async () =>
        {
            for (int i = first; !end.IsCancellationRequested; i += 16)
            {
                await registry.RegisterAsync(
                    CaseKey.Create(), AgeGroup.Adult, [new CasePicture([TestHashes.Make(i)], default)], default);
            }
        }))];

        await Task.Delay(200, Token);
        var patience = Stopwatch.StartNew();
        await service.CaseClient.WithdrawAsync(mine, Token);
        TimeSpan taken = patience.Elapsed;
        await end.CancelAsync();
        await Task.WhenAll(others);

        Assert.InRange(taken, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task RegisterAndWithdraw_WhileAnImportIsUnmerged_OvertakeIt()
    {
        const int Imported = 250_000;
        await using TestService service = await TestService.StartAsync();
        CaseRegistry registry = service.Services.GetRequiredService<CaseRegistry>();
        await using HashMatchDb db = await service.OpenAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var mine = CaseKey.Create();
        await service.Services.GetRequiredService<BulkRegistration>()
            .AddAsync(CaseKey.Create(), MakeMany(Imported), Token);

        await registry.RegisterAsync(mine, AgeGroup.Adult, [new CasePicture([TestHashes.Make(0)], default)], Token);
        IReadOnlyList<Match> registered = await platform.MatchesAsync(TestHashes.Make(0), 1);
        await registry.WithdrawAsync(mine, null, Token);
        int left = await db.Outbox.CountAsync(Token);
        long? position = await db.Cases
            .Where(row => row.KeyDigest == mine.Digest())
            .Select(row => row.WithdrawnPosition)
            .SingleAsync(Token);
        IReadOnlyList<Match> withdrawn = await platform.MatchesAsync(TestHashes.Make(0), 0);

        Assert.Single(registered);
        Assert.Empty(withdrawn);
        Assert.NotNull(position);
        Assert.InRange(left, Imported / 2, Imported);
    }

    [Fact]
    public async Task Withdraw_ImportThatIsUnmerged_LeavesNothingOfItOnTheList()
    {
        await using TestService service = await TestService.StartAsync();
        CaseRegistry registry = service.Services.GetRequiredService<CaseRegistry>();
        HashList list = service.Services.GetRequiredService<HashList>();
        await using HashMatchDb db = await service.OpenAsync();
        var imported = CaseKey.Create();
        await service.Services.GetRequiredService<BulkRegistration>().AddAsync(imported, MakeMany(60_000), Token);

        int withdrawn = await registry.WithdrawAsync(imported, null, Token);
        int listed = list.Count;
        Case after = await db.Cases.AsNoTracking().SingleAsync(Token);
        await service.Services.GetRequiredService<Sequencer>().MergeAsync(Token);

        Assert.Equal(60_000, withdrawn);
        Assert.Equal(0, listed);
        Assert.Equal(CaseState.Withdrawn, after.State);
        Assert.NotNull(after.WithdrawnPosition);
        Assert.Equal(0, list.Count);
        Assert.False(await db.Outbox.AnyAsync(Token));
    }

    // No database makes such rows; but what could end the service must not be left to what databases do.
    [Theory]
    [InlineData("INSERT INTO outbox (id, hash) VALUES (1, {0})", "DELETE FROM outbox WHERE id = 1")]
    [InlineData(
        """
        INSERT INTO entries (id, hash, added_day) SELECT 1, {0}, created_day FROM platforms;
        INSERT INTO log (position, entry_id, stamp) SELECT position + 1, 1, 1 FROM log_head;
        UPDATE log_head SET position = position + 1
        """,
        "DELETE FROM entries WHERE id = 1")]
    public async Task Storage_HoldsWhatNobodyExpects_TheServiceStaysAndComesBack(string damage, string repair)
    {
        await using TestService service = await TestService.StartAsync();
        await service.AddPlatformAsync();
        ServiceHealth health = service.Services.GetRequiredService<ServiceHealth>();
        await using HashMatchDb db = await service.OpenAsync();

        await db.Database.ExecuteSqlRawAsync(damage, [new byte[5]], Token);
        await UntilAsync(() => !health.StorageWorks);
        await Task.Delay(300, Token);
        CancellationToken stopping =
            service.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        Assert.False(stopping.IsCancellationRequested);
        await db.Database.ExecuteSqlRawAsync(repair, Token);
        await UntilAsync(() => health.StorageWorks);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1));

        await UntilAsync(() => service.Services.GetRequiredService<HashList>().Count == 1);
    }

    [Fact]
    public async Task Publication_MeetsWhatNobodyExpects_TheServiceStaysAndPublishesAfterwards()
    {
        using var log = new CapturedLog();
        await using TestService service = await TestService.StartAsync(
            log: log, settings: ["--Feed:PublishInterval=00:00:00", "--Feed:MinimumCases=1"]);
        await using HashMatchDb db = await service.OpenAsync();

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO entries (id, hash, added_day) VALUES (1, {new byte[5]}, {new DateOnly(2000, 1, 1)})", Token);
        await UntilAsync(() => log.Lines.Any(line => line.Contains("Publishing to the feed failed")));
        CancellationToken stopping =
            service.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        Assert.False(stopping.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)));
        await db.Database.ExecuteSqlAsync($"DELETE FROM entries WHERE id = 1", Token);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1));

        await UntilAsync(() => db.FeedHeads.AsNoTracking().Single().Position == 1);
    }

    [Theory]
    [InlineData("Npgsql", true)]
    [InlineData("HashMatch.Service", false)]
    public void StorageFailure_ObjectNotInAState_IsOneOnlyOfTheDatabases(string source, bool isStorage) =>
        Assert.Equal(isStorage, StorageFailure.Is(new ObjectDisposedException("x") { Source = source }));

    private static List<Hash256> MakeMany(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => new Hash256(Word(), Word(), Word(), Word()))];

        ulong Word() => (ulong)random.NextInt64();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(15), "It did not come to pass.");
            await Task.Delay(10, Token);
        }
    }

    private static async Task ImportAsync(TestService service, int count)
    {
        var random = new Random(5);
        List<Hash256> hashes =
            [.. Enumerable.Range(0, count).Select(_ => new Hash256(Word(), Word(), Word(), Word()))];
        await service.Services.GetRequiredService<BulkRegistration>().AddAsync(CaseKey.Create(), hashes, Token);
        await service.Services.GetRequiredService<Sequencer>().MergeAsync(Token);

        ulong Word() => (ulong)random.NextInt64();
    }

    // A list of its own: the service's is followed by others too.
    private static HashList MakeList(TestService service) => new(
        service.Services.GetRequiredService<IDbContextFactory<HashMatchDb>>(),
        service.Services.GetRequiredService<SqlDialect>(),
        service.Services.GetRequiredService<ListSnapshot>(),
        NullLogger<HashList>.Instance);

    private static Task<Entry> EntryAtAsync(HashMatchDb db, long position) => db.Entries.AsNoTracking()
        .SingleAsync(row => db.Log.Any(change => change.Position == position && change.EntryId == row.Id), Token);
}
