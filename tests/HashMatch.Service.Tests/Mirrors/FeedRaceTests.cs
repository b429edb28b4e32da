using System.Collections.Concurrent;
using Grpc.Core;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Registry;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>
/// Many who register and withdraw, with calls that break off, transactions that sleep and then end either way, and on
/// PostgreSQL connections that are killed, under mirrors that restart.
/// </summary>
[Trait("Category", TestDatabase.Category)]
public sealed class FeedRaceTests
{
    private const int Writers = 16;
    private const int Mirrors = 3;
    private const int Pool = 4_000;

    // Whoever sleeps on SQLite has all others wait.
    private static readonly int LongestSleep = TestDatabase.IsPostgres ? 40 : 3;

    private static readonly int Changes = HostilePeers.IsLong ? 100_000 : 10_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, HostilePeers.IsLong ? 20 : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Follow_WritersWithRollbacksAndMirrorsWithRestarts_EndUpEqualToTheDatabase(int seed)
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        using var writing = new CancellationTokenSource();
        using var killing = new CancellationTokenSource();
        var states = new ConcurrentDictionary<CaseKey, CaseState>();
        int changes = 0;
        Task[] mirrors =
        [
            .. Enumerable.Range(0, Mirrors).Select(i => RestartAsync(served, i, new Random(seed + i), writing.Token)),
        ];
        Task<int[]> killer = KillAsync(service, new Random(seed), killing.Token);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random((seed * 1_000) + writer);
            var cases = new List<CaseKey>();
            while (Volatile.Read(ref changes) < Changes)
            {
                Interlocked.Add(ref changes, await ChangeAsync(service, random, cases, states));
            }
        })));
        await killing.CancelAsync();
        int[] killed = await killer;
        await served.UntilPublishedAsync();
        await writing.CancelAsync();
        await Task.WhenAll(mirrors);

        TestContext.Current.SendDiagnosticMessage($"connections killed: {string.Join(", ", killed)}");
        Assert.All(killed, kind => Assert.NotEqual(0, kind));
        await AssertKeptAsync(service, states);
        await served.AssertDenseAsync();
        for (int i = 0; i < Mirrors; i++)
        {
            await using HashListMirror mirror = await served.OpenAsync($"mirror{i}");
            await mirror.PullAsync();
            await served.AssertEqualAsync(mirror);
            Assert.Null(mirror.Status.LastError);
        }
    }

    private static async Task<int[]> KillAsync(TestService service, Random random, CancellationToken cancellationToken)
    {
        if (!TestDatabase.IsPostgres)
        {
            return [];
        }

        await using HashMatchDb db = await service.OpenAsync();
        int[] killed = await ConnectionKiller.RunAsync(
            db.Database.GetConnectionString()!, random, cancellationToken);

        // Some may lie in the pool still, and whoever takes one would be told that it was killed.
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        return killed;
    }

    // Registers some hashes that others register too, withdraws an earlier case, or breaks something off.
    private static async Task<int> ChangeAsync(
        TestService service, Random random, List<CaseKey> cases, ConcurrentDictionary<CaseKey, CaseState> states)
    {
        using var breaking = new CancellationTokenSource();
        if (random.Next(8) == 0)
        {
            breaking.CancelAfter(random.Next(1, 15));
        }

        try
        {
            switch (random.Next(20))
            {
                case 0:
                    await SleepAsync(service, random);
                    return 0;
                case < 9 when cases.Count > 0:
                    CaseKey withdrawn = cases[random.Next(cases.Count)];
                    states.TryRemove(withdrawn, out _);
                    await service.CaseClient.WithdrawAsync(withdrawn, breaking.Token);
                    states[withdrawn] = CaseState.Withdrawn;
                    cases.Remove(withdrawn);
                    return 20;
                default:
                    // The key first: what is broken off may have been committed, and is withdrawn or stays.
                    var key = CaseKey.Create();
                    cases.Add(key);
                    int count = random.Next(1, 40);
                    await service.CaseClient
                        .RegisterAsync(
                            key,
                            AgeGroup.Adult,
                            TestHashes.Pictures(Enumerable
                                .Range(0, count).Select(_ => TestHashes.Make(random.Next(Pool)))),
                            breaking.Token)
                        .CountAsync();
                    states[key] = CaseState.Active;
                    return count;
            }
        }
        catch (RpcException failure) when (
            failure.StatusCode is StatusCode.Cancelled or StatusCode.NotFound or StatusCode.Unavailable)
        {
            // The last, which only killed connections give, after all the client's own attempts: as if broken off.
            Assert.True(TestDatabase.IsPostgres || failure.StatusCode != StatusCode.Unavailable, failure.Status.Detail);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    // A registration that stops in the middle, while others overtake it, and then is committed or rolled back.
    private static async Task SleepAsync(TestService service, Random random)
    {
        Hash256[] hashes = [.. Enumerable.Range(0, 5).Select(_ => TestHashes.Make(random.Next(Pool))).Distinct()];
        bool isCommitted = random.Next(2) == 0;
        try
        {
            await using HashMatchDb db = await service.OpenAsync();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync();
            await WriterSteps.WriteAsync(
                db, service.Services.GetRequiredService<CaseTable>(), RandomId.Next(), hashes, []);
            await Task.Delay(random.Next(LongestSleep));
            await (isCommitted ? transaction.CommitAsync() : transaction.RollbackAsync());
        }
        catch (Exception failure) when (StorageFailure.Is(failure))
        {
            // Another writer has the lock, or the connection was killed; there is nothing to roll back.
        }
    }

    // What was acknowledged is there, and all that is held is listed.
    private static async Task AssertKeptAsync(TestService service, ConcurrentDictionary<CaseKey, CaseState> states)
    {
        await using HashMatchDb db = await service.OpenAsync();
        Dictionary<string, CaseState> stored = await db.Cases.AsNoTracking()
            .ToDictionaryAsync(row => Convert.ToHexString(row.KeyDigest), row => row.State);
        Assert.NotEmpty(states);
        Assert.All(states, known => Assert.Equal(known.Value, stored[Convert.ToHexString(known.Key.Digest())]));
        await RegistryContents.AssertListAsync(
            db, [.. await db.Fingerprints.Select(row => row.Hash).Distinct().ToListAsync()]);
    }

    // Follows for a while, ends, and opens the same folder again.
    private static async Task RestartAsync(
        ServedMirror served, int number, Random random, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await using HashListMirror? mirror = await TryOpenAsync(served, $"mirror{number}");
            if (mirror is null)
            {
                continue;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stop.CancelAfter(random.Next(50, 800));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mirror.FollowAsync(stop.Token));
        }
    }

    // The first list cannot be had while the connections that it is read on are killed.
    private static async Task<HashListMirror?> TryOpenAsync(ServedMirror served, string name)
    {
        try
        {
            return await served.OpenAsync(name);
        }
        catch (RpcException failure) when (TestDatabase.IsPostgres && failure.StatusCode == StatusCode.Unavailable)
        {
            return null;
        }
    }
}
