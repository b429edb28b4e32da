using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Health;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>A case that another transaction holds for long on PostgreSQL, as an import does.</summary>
public sealed class BlockedCaseTests
{
    // Twice as long as a change waits, and well under the 30 seconds of a command.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Withdraw_CaseHeldByAnImport_IsUnavailableAndTheOthersGoOn()
    {
        string database = await CreateDatabaseAsync("blocked_case");
        await using TestService service = await StartAsync(database);
        var blocked = CaseKey.Create();
        await service.CaseClient.RegisterAsync(blocked, TestHashes.Make(1));
        await using HashMatchDb import = PostgresServers.Open(database);
        await import.Database.BeginTransactionAsync(Token);
        await service.Services.GetRequiredService<CaseTable>().FindAsync(import, blocked, Token);
        Task turnedUnhealthy = service.Services.GetRequiredService<ServiceHealth>().Observe().Changed;
        var watch = Stopwatch.StartNew();

        var request = new WithdrawRequest
        {
            CaseKey = ByteString.CopyFrom(blocked.ToByteArray()),
            WholeCase = true,
        };
        using AsyncUnaryCall<WithdrawResponse> withdrawing =
            service.Cases.WithdrawAsync(request, cancellationToken: Token);
        await Task.Delay(200, Token);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(2));
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => withdrawing.ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), Patience);
        Assert.False(turnedUnhealthy.IsCompleted);
        await import.Database.RollbackTransactionAsync(Token);
        Assert.Equal(1, await service.CaseClient.WithdrawAsync(blocked, Token));
    }

    // The retry of a withdrawal holds the case; if the sequencer waited for it, each could come to wait for the other.
    [Fact]
    public async Task Merge_WithdrawnCaseThatAnotherHolds_IsLeftToALaterRound()
    {
        string database = await CreateDatabaseAsync("blocked_withdrawal");
        await using TestService service = await StartAsync(database);
        Sequencer sequencer = service.Services.GetRequiredService<Sequencer>();
        var key = CaseKey.Create();
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(1));
        await using HashMatchDb retry = PostgresServers.Open(database);
        await using (HashMatchDb earlier = PostgresServers.Open(database))
        {
            await earlier.Database.BeginTransactionAsync(Token);
            await service.Services.GetRequiredService<SqlDialect>().LockLogAsync(earlier, Token);
            await retry.Database.ExecuteSqlAsync($"UPDATE cases SET state = {(int)CaseState.Withdrawn}", Token);
            await retry.Database.BeginTransactionAsync(Token);
            await service.Services.GetRequiredService<CaseTable>().FindAsync(retry, key, Token);
        }

        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(2));

        await sequencer.MergeAsync(Token).WaitAsync(Patience, Token);

        Assert.Equal(2, service.Services.GetRequiredService<HashList>().Count);
        await retry.Database.RollbackTransactionAsync(Token);
        await sequencer.MergeAsync(Token);
        Assert.False(await retry.Cases.AnyAsync(
            row => row.State == CaseState.Withdrawn && row.WithdrawnPosition == null, Token));
    }

    private static async Task<string> CreateDatabaseAsync(string name)
    {
        PostgresServers.RequireInstalled();
        return await (await PostgresServer.Shared).CreateDatabaseAsync(name);
    }

    private static Task<TestService> StartAsync(string database) => TestService.StartAsync(
        null, null, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}");
}
