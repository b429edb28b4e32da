using Grpc.Core;
using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>Many who register and withdraw, with calls that break off, under mirrors that restart.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class FeedRaceTests
{
    private const int Writers = 16;
    private const int Mirrors = 3;
    private const int Pool = 4_000;

    private static readonly int Changes = HostilePeers.IsLong ? 100_000 : 10_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, HostilePeers.IsLong ? 20 : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Follow_WritersWithRollbacksAndMirrorsWithRestarts_EndUpEqualToTheDatabase(int seed)
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        using var writing = new CancellationTokenSource();
        int changes = 0;
        Task[] mirrors =
        [
            .. Enumerable.Range(0, Mirrors).Select(i => RestartAsync(served, i, new Random(seed + i), writing.Token)),
        ];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random((seed * 1_000) + writer);
            var cases = new List<CaseKey>();
            while (Volatile.Read(ref changes) < Changes)
            {
                Interlocked.Add(ref changes, await ChangeAsync(service, random, cases));
            }
        })));
        await served.UntilPublishedAsync();
        await writing.CancelAsync();
        await Task.WhenAll(mirrors);

        await served.AssertDenseAsync();
        for (int i = 0; i < Mirrors; i++)
        {
            await using HashListMirror mirror = await served.OpenAsync($"mirror{i}");
            await mirror.PullAsync();
            await served.AssertEqualAsync(mirror);
            Assert.Null(mirror.Status.LastError);
        }
    }

    // Registers some hashes that others register too, withdraws an earlier case, or breaks something off.
    private static async Task<int> ChangeAsync(TestService service, Random random, List<CaseKey> cases)
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
                    await RollBackAsync(service, random);
                    return 0;
                case < 9 when cases.Count > 0:
                    CaseKey withdrawn = cases[random.Next(cases.Count)];
                    await service.CaseClient.WithdrawAsync(withdrawn, breaking.Token);
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
                    return count;
            }
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Cancelled or StatusCode.NotFound)
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task RollBackAsync(TestService service, Random random)
    {
        try
        {
            await using HashMatchDb db = await service.Services
                .GetRequiredService<IDbContextFactory<HashMatchDb>>()
                .CreateDbContextAsync();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync();
            db.Outbox.Add(new OutboxRow { Hash = TestHashes.Make(random.Next(Pool)) });
            await db.SaveChangesAsync();
            await Task.Delay(random.Next(3));
            await transaction.RollbackAsync();
        }
        catch (Exception busy) when (busy is DbUpdateException or System.Data.Common.DbException)
        {
            // Another writer has the lock; there is nothing to roll back.
        }
    }

    // Follows for a while, ends, and opens the same folder again.
    private static async Task RestartAsync(
        ServedMirror served, int number, Random random, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await using HashListMirror mirror = await served.OpenAsync($"mirror{number}");
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stop.CancelAfter(random.Next(50, 800));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mirror.FollowAsync(stop.Token));
        }
    }
}
