using System.Diagnostics;
using HashMatch.Client;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.EndToEnd;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>The service, or its database, ended at random moments while cases are registered and withdrawn.</summary>
public sealed class KillTests
{
    private static int Rounds(int few, int many) => HostilePeers.IsLong ? many : few;

    [Fact]
    public async Task Service_KilledAtAnyMomentOnSqlite_KeepsAllThatWasAcknowledged()
    {
        using var folder = new DiskFolder();

        Registrars registrars = await KillServiceAsync(folder.Path, Rounds(12, 200));

        var options = new DbContextOptionsBuilder<HashMatchDb>();
        new SqliteDialect(new StorageOptions { Path = folder.Path }).Configure(options);
        await using (var db = new HashMatchDb(options.Options))
        {
            await RegistryContents.AssertListAsync(db, registrars.Held());
            Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync());
        }

        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task Service_KilledAtAnyMomentOnPostgres_KeepsAllThatWasAcknowledged()
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync("killed_service");
        using var folder = new DiskFolder();

        Registrars registrars = await KillServiceAsync(
            folder.Path,
            Rounds(6, 200),
            ("Storage__Provider", "Postgres"),
            ("Storage__ConnectionString", database));

        await using HashMatchDb db = PostgresServers.Open(database);
        await RegistryContents.AssertListAsync(db, registrars.Held());
    }

    [Fact]
    public async Task Postgres_StoppedAtOnce_LosesNothingAndTheServiceComesBackByItself()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartAsync();

        await EndServerAsync(server, () => server.StopAsync("immediate"), Rounds(5, 50));
    }

    [Fact]
    public async Task Postgres_KilledOnDisk_LosesNothingAndTheServiceComesBackByItself()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartOnDiskAsync();

        await EndServerAsync(server, server.KillAsync, Rounds(4, 100));
    }

    private static async Task EndServerAsync(PostgresServer server, Func<Task> end, int rounds)
    {
        string database = await server.CreateDatabaseAsync("ended");
        (string Name, string Value)[] settings =
            [("Storage__Provider", "Postgres"), ("Storage__ConnectionString", database)];
        using var folder = new DiskFolder();
        await using RunningService service = await RunningService.StartAsync(folder.Path, "Development", settings);
        var address = new Uri(service.GrpcAddress);
        using var platform = new MatchClient(address, service.DemoKey);
        var registrars = new Registrars(8);
        var random = new Random(3);
        for (int round = 0; round < rounds; round++)
        {
            using var ending = new CancellationTokenSource();
            Task running = registrars.RunAsync(address, stopAtFailure: false, ending.Token);
            await Task.Delay(random.Next(50, 300));
            await end();
            await Task.Delay(random.Next(0, 300));
            var patience = Stopwatch.StartNew();
            await server.RunAsync();
            TimeSpan started = patience.Elapsed;
            await AssertGoesOnAsync(registrars);
            TimeSpan wentOn = patience.Elapsed;
            await ending.CancelAsync();
            await running;
            await registrars.RetryAsync(address);
            await registrars.AssertKeptEventuallyAsync(platform);
            TestContext.Current.SendDiagnosticMessage(
                $"started after {started.TotalSeconds:F1} s, went on after {wentOn.TotalSeconds:F1} s, "
                    + $"compared after {patience.Elapsed.TotalSeconds:F1} s, {registrars.Failed} failed so far");
        }

        Assert.InRange(registrars.Failed, 1, int.MaxValue);
        await using HashMatchDb db = PostgresServers.Open(database);
        await RegistryContents.AssertListAsync(db, registrars.Held());
        Assert.Equal(0, await service.StopAsync());
        (int code, string output, _) = await TestProcess.RunAsync(
            "HashMatch.Service",
            ["doctor"],
            settings.Append(("Storage__Path", folder.Path)).ToDictionary(pair => pair.Item1, pair => pair.Item2));
        Assert.True(code == 0, output);
    }

    // Acknowledged is acknowledged before and after each kill; what was cut off is then repeated.
    private static async Task<Registrars> KillServiceAsync(
        string folder, int rounds, params (string Name, string Value)[] settings)
    {
        var registrars = new Registrars(8);
        var random = new Random(2);
        string? key = null;
        for (int round = 0; round <= rounds; round++)
        {
            await using RunningService service = await RunningService.StartAsync(folder, "Development", settings);
            key ??= service.DemoKey;
            var address = new Uri(service.GrpcAddress);
            using var platform = new MatchClient(address, key);
            await registrars.AssertKeptAsync(platform);
            await registrars.RetryAsync(address);
            if (round == rounds)
            {
                await registrars.AssertKeptEventuallyAsync(platform);
                break;
            }

            int before = registrars.Acknowledged;
            Task running = registrars.RunAsync(address, stopAtFailure: true, CancellationToken.None);
            while (registrars.Acknowledged == before)
            {
                await Task.Delay(1);
            }

            await Task.Delay(random.Next(0, 150));
            await service.KillAsync();
            await running;
        }

        return registrars;
    }

    private static async Task AssertGoesOnAsync(Registrars registrars)
    {
        int before = registrars.Acknowledged;
        var patience = Stopwatch.StartNew();
        while (registrars.Acknowledged < before + 20)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "The service did not come back.");
            await Task.Delay(10);
        }
    }
}
