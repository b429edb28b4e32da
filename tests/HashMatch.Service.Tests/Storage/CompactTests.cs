using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Operations;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Registry;
using Npgsql;

namespace HashMatch.Service.Tests.Storage;

public sealed class CompactTests
{
    private const int Kept = 1000;

    [Fact]
    public async Task Compact_SqliteBesideTheService_LeavesNothingWithdrawnInAnyFile()
    {
        await using TestService service = await TestService.StartAsync(
            null, null, [.. FeedSteps.ByHand, "--Storage:Provider=Sqlite"]);
        (CaseKey key, List<byte[]> secrets) = await PublishAsync(service);
        await service.CaseClient.WithdrawAsync(key);

        (int code, string output, string errors) = await RunAsync(
            new() { ["Storage__Provider"] = "Sqlite", ["Storage__Path"] = service.Folder });

        Assert.True(code == ExitCodes.Done, output + errors);
        Assert.Contains("ok     SQLite's file: written anew", output, StringComparison.Ordinal);
        Assert.Contains("ok     SQLite's write-ahead log: emptied", output, StringComparison.Ordinal);
        Assert.Equal(0, CountIn(secrets, service.Folder));
        await AssertTheRestIsWholeAsync(service, service.Folder);
    }

    [Fact]
    public async Task Compact_PostgresBesideTheService_LeavesNothingWithdrawnInAnyFile()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartAsync("wal_recycle = off");
        string database = await server.CreateDatabaseAsync("compacted");
        await using TestService service = await StartAsync(database);
        string tables = Path.Combine(server.DataFolder, "base");
        string log = Path.Combine(server.DataFolder, "pg_wal");
        (CaseKey key, List<byte[]> secrets) = await PublishAsync(service);

        // As the server itself does from time to time: its statistics hold some of the values.
        await service.AlterAsync("ANALYZE");
        await service.CaseClient.WithdrawAsync(key);
        await service.AlterAsync("CHECKPOINT");
        int before = CountIn(secrets, tables);

        (int code, string output, string errors) = await RunAsync(Settings(service, database));
        int after = CountIn(secrets, tables, Path.Combine(server.DataFolder, "global"));
        int inLog = CountIn(secrets, log);
        for (int i = 0; i < 3; i++)
        {
            await service.AlterAsync("SELECT pg_switch_wal()");
            await service.AlterAsync("CHECKPOINT");
        }

        Assert.NotEqual(0, before);
        Assert.True(code == ExitCodes.Done, output + errors);
        Assert.Contains("feed_changes: written anew", output, StringComparison.Ordinal);
        Assert.Contains("pg_statistic: written anew", output, StringComparison.Ordinal);
        Assert.Contains("checkpoint: made", output, StringComparison.Ordinal);
        Assert.Equal(0, after);
        Assert.NotEqual(0, inLog);
        Assert.Equal(0, CountIn(secrets, log));
        await AssertTheRestIsWholeAsync(service, tables);
    }

    [Fact]
    public async Task Compact_PostgresUserWithoutTheRight_SaysWhatItDidNot()
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync("compacted_by_few");
        await using TestService service = await StartAsync(database);
        await service.AlterAsync("CREATE ROLE compact_stranger LOGIN; CREATE ROLE compact_owner LOGIN");
        await service.AlterAsync("ALTER DATABASE compacted_by_few OWNER TO compact_owner");

        List<Finding> stranger = await CompactAsync("compact_stranger");
        List<Finding> owner = await CompactAsync("compact_owner");
        (int code, _, _) = await RunAsync(Settings(service, As("compact_stranger")));

        Assert.Equal([false, false, true], stranger.Select(finding => finding.IsWell));
        Assert.Equal([true, true, true], owner.Select(finding => finding.IsWell));
        Assert.StartsWith("left to the server", owner[2].Words, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Negative, code);

        string As(string user) => new NpgsqlConnectionStringBuilder(database) { Username = user }.ConnectionString;

        async Task<List<Finding>> CompactAsync(string user)
        {
            await using HashMatchDb db = PostgresServers.Open(As(user));
            return await PostgresServers.Dialect(As(user)).CompactAsync(db, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Compact_NoDatabase_SaysSoAndMakesNone()
    {
        string folder = TestService.NewFolder();

        (int code, string output, _) = await RunAsync(
            new() { ["Storage__Provider"] = "Sqlite", ["Storage__Path"] = folder });

        Assert.Equal(ExitCodes.Negative, code);
        Assert.Contains("there is none", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder, "*.db*"));
        Directory.Delete(folder, recursive: true);
    }

    private static Task<TestService> StartAsync(string database) => TestService.StartAsync(
        null,
        null,
        [.. FeedSteps.ByHand, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}"]);

    private static Dictionary<string, string> Settings(TestService service, string database) => new()
    {
        ["Storage__Provider"] = "Postgres",
        ["Storage__Path"] = service.Folder,
        ["Storage__ConnectionString"] = database,
    };

    private static Task<(int Code, string Output, string Errors)> RunAsync(Dictionary<string, string> settings) =>
        TestProcess.RunAsync("HashMatch.Service", ["compact"], settings);

    // Gives a published case, and what must not be found once it is withdrawn: its hashes and their salts.
    private static async Task<(CaseKey Key, List<byte[]> Secrets)> PublishAsync(TestService service)
    {
        CaseKey key = await service.RegisterAsync(Enumerable.Range(0, 50));
        HashSet<string> own = [.. Enumerable.Range(0, 50).Select(seed => TestHashes.Make(seed).ToHex())];
        await service.RegisterAsync(Kept);
        await service.PublishAsync();
        List<FeedRow> rows =
            [.. (await service.RowsAsync()).Where(row => row.Hash is Hash256 hash && own.Contains(hash.ToHex()))];
        Assert.Equal(own.Count, rows.Count);
        return (key, [.. rows.SelectMany(row => new[] { row.Hash!.Value.ToByteArray(), row.Salt! })]);
    }

    private static async Task AssertTheRestIsWholeAsync(TestService service, string folder)
    {
        using MatchClient platform = await service.ConnectPlatformAsync();
        Assert.Single(await platform.MatchesAsync(TestHashes.Make(Kept), 1));
        Assert.Empty(await platform.MatchesAsync(TestHashes.Make(1), 0));
        Assert.Equal(1, CountIn([TestHashes.Make(Kept).ToByteArray()], folder));
        Assert.All(await service.ExamineAsync(), finding => Assert.True(finding.IsWell, finding.ToString()));
        await service.RegisterAsync(Kept + 1);
        Assert.Single(await platform.MatchesAsync(TestHashes.Make(Kept + 1), 1));
    }

    // How many of the secrets are in any file of the folders.
    private static int CountIn(List<byte[]> secrets, params string[] folders)
    {
        List<byte[]> files =
        [
            .. folders
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                .Where(path => !path.EndsWith("service.lock", StringComparison.Ordinal))
                .Select(Read),
        ];
        return secrets.Count(secret => files.Any(file => file.AsSpan().IndexOf(secret) >= 0));
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes;
        }
        catch (FileNotFoundException)
        {
            // Removed by the database meanwhile.
            return [];
        }
    }
}
