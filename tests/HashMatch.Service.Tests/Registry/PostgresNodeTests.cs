using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

public sealed class PostgresNodeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_StoppedInTheMiddleOfAMerge_KeepsTheOthersOnlyForSeconds()
    {
        await using TestService service = await StartAsync("stopped_node");
        string database = await (await PostgresServer.Shared).CreateDatabaseAsync("stopped_node");
        using MatchClient platform = await service.ConnectPlatformAsync();

        // What a node does that then is suspended, or whose network is gone: it holds the log and says nothing more.
        await using HashMatchDb silent = PostgresServers.Open(database);
        await silent.Database.BeginTransactionAsync(Token);
        await silent.Database.ExecuteSqlRawAsync("UPDATE log_head SET position = position", Token);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1));
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        int before = service.Services.GetRequiredService<HashList>().Count;
        await Task.Delay(TimeSpan.FromSeconds(9), Token);
        IReadOnlyList<Match> after = await platform.MatchesAsync(TestHashes.Make(1), 1);

        Assert.Equal(0, before);
        Assert.Single(after);
    }

    [Fact]
    public async Task Register_ByManyAtOnce_TakesFewerSyncsThanCases()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartAsync();
        string database = await server.CreateDatabaseAsync("synced");
        await using TestService service = await TestService.StartAsync(
            null, null, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}");
        var registrars = new Registrars(32);
        await using HashMatchDb db = PostgresServers.Open(database);
        long before = await SyncsAsync(db);

        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await registrars.RunAsync(service.GrpcAddress, stopAtFailure: false, end.Token);

        long syncs = await SyncsAsync(db) - before;
        TestContext.Current.SendDiagnosticMessage($"{registrars.Acknowledged} changes, {syncs} syncs");
        Assert.Equal(0, registrars.Failed);
        Assert.InRange(syncs, 1, registrars.Acknowledged - 1);
    }

    // Each server process tells of its own at most once a second, and when it ends.
    private static async Task<long> SyncsAsync(HashMatchDb db)
    {
        await Task.Delay(1_500, Token);
        return (await db.Database.SqlQueryRaw<long>("SELECT wal_sync FROM pg_stat_wal").ToListAsync(Token)).Single();
    }

    private static async Task<TestService> StartAsync(string name)
    {
        PostgresServers.RequireInstalled();
        string database = await (await PostgresServer.Shared).CreateDatabaseAsync(name);
        return await TestService.StartAsync(
            null, null, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}");
    }
}
