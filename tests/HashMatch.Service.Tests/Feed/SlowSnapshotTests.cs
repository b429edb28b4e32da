using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Feed;

/// <summary>A snapshot's transaction keeps what was withdrawn in the files: no caller may keep it open.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class SlowSnapshotTests
{
    // Some 3 MB, more than the windows and buffers on the way take.
    private const int Entries = 50_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetSnapshot_CallerStopsReading_IsEndedAndWhatWasWithdrawnIsErased()
    {
        await using TestService service = await StartAsync("--Calls:SnapshotIdle=00:00:05");
        CaseKey withdrawn = await service.RegisterAsync(1);
        await PublishManyAsync(service);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        using AsyncServerStreamingCall<GetSnapshotResponse> call = caller.BeginSnapshot();
        Assert.True(await call.ResponseStream.MoveNext(Token));
        bool isHeldFirst = await IsHeldAsync(service);

        await service.CaseClient.WithdrawAsync(withdrawn, Token);
        await FeedSteps.UntilAsync(async () => !await IsHeldAsync(service), seconds: 30);
        await FeedSteps.UntilAsync(() => Task.FromResult(TestDatabase.IsPostgres || !IsInAFile(service, 1)));

        Assert.True(isHeldFirst);
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Token))
            {
            }
        });
    }

    [Fact]
    public async Task GetSnapshot_CallerReadsTooSlowly_IsToldSo()
    {
        await using TestService service =
            await StartAsync("--Calls:SnapshotGrace=00:00:00.5", "--Calls:SnapshotPace=1000000");
        await PublishManyAsync(service);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        using AsyncServerStreamingCall<GetSnapshotResponse> call = caller.BeginSnapshot();

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Token))
            {
                await Task.Delay(1_000, Token);
            }
        });

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.StartsWith("The snapshot was taken too slowly", refusal.Status.Detail, StringComparison.Ordinal);
        await FeedSteps.UntilAsync(async () => !await IsHeldAsync(service));
    }

    [Fact]
    public async Task GetSnapshot_CallerReadsAtTheLeastPace_GetsAllOfIt()
    {
        await using TestService service =
            await StartAsync("--Calls:SnapshotGrace=00:00:00.001", "--Calls:SnapshotPace=100000");
        await PublishManyAsync(service);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        using AsyncServerStreamingCall<GetSnapshotResponse> call = caller.BeginSnapshot();

        int received = 0;
        while (await call.ResponseStream.MoveNext(Token))
        {
            received += call.ResponseStream.Current.Entries.Count;
            await Task.Delay(300, Token);
        }

        Assert.Equal(Entries, received);
    }

    private static Task<TestService> StartAsync(params string[] settings) =>
        TestService.StartAsync(settings: [.. FeedSteps.ByHand, .. settings]);

    private static async Task PublishManyAsync(TestService service)
    {
        var random = new Random(1);
        List<Hash256> hashes =
            [.. Enumerable.Range(0, Entries).Select(_ => new Hash256(Word(), Word(), Word(), Word()))];
        await service.Services.GetRequiredService<BulkRegistration>().AddAsync(CaseKey.Create(), hashes, Token);
        await service.MergeAsync();
        await service.PublishAsync();

        ulong Word() => (ulong)random.NextInt64();
    }

    private static Task<bool> IsHeldAsync(TestService service) => service.ReadAsync(
        db => TestDatabase.IsPostgres
            ? IsBeingReadAsync(db)
            : IsLogInUseAsync(db, service.Services.GetRequiredService<SqlDialect>()));

    private static Task<bool> IsBeingReadAsync(HashMatchDb db) => db.Database
        .SqlQuery<int>(
            $"""
            SELECT pid AS "Value" FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'SELECT position, hash%' AND state <> 'idle'
            """)
        .AnyAsync(Token);

    // Whether some reader keeps SQLite's log from being emptied of what was written last.
    private static async Task<bool> IsLogInUseAsync(HashMatchDb db, SqlDialect dialect)
    {
        await db.LogHeads.ExecuteUpdateAsync(
            row => row.SetProperty(head => head.Position, head => head.Position), Token);
        return !await dialect.EraseAsync(db, Token);
    }

    private static bool IsInAFile(TestService service, int seed) =>
        Directory.EnumerateFiles(service.Folder, "hashmatch.db*").Any(path =>
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes.AsSpan().IndexOf(TestHashes.Make(seed).ToByteArray()) >= 0;
        });
}
