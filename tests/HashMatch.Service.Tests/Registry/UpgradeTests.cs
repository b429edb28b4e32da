using System.Reflection;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Databases of earlier versions, with data in them.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly string _folder = TestService.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Version 1 told by a column which hashes the list did not have yet, and had no log.
    [Fact]
    public async Task Start_OnVersion1OfSqlite_MatchesWhatWasListedAndWhatWasPending()
    {
        var key = CaseKey.Create();
        Hash256[] hashes = [.. Enumerable.Range(0, 40).Select(TestHashes.Make)];
        await MakeVersion1Async(key, hashes, listed: 30);

        await using TestService service = await TestService.StartAsync(_folder, null, "--Storage:Provider=Sqlite");
        using MatchClient platform = await service.ConnectPlatformAsync();
        IReadOnlyList<HashMatches> results = await platform.MatchAsync(hashes, 0, Token);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, Token);
        await using (HashMatchDb db = await service.OpenAsync())
        {
            await RegistryContents.AssertListAsync(db, [.. hashes]);
        }

        int withdrawn = await service.CaseClient.WithdrawAsync(key, Token);
        IReadOnlyList<HashMatches> after = await platform.MatchAsync(hashes, 0, Token);

        Assert.All(results, result => Assert.Single(result.Matches));
        Assert.Equal(40u, status.PictureCount);
        Assert.Equal(40, withdrawn);
        Assert.All(after, result => Assert.Empty(result.Matches));
    }

    [Fact]
    public async Task Apply_OnVersion3OfPostgres_ForgetsTheStatisticsOfHashesAndKeepsTheIndexes()
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync("upgraded");
        await using HashMatchDb db = PostgresServers.Open(database);
        await db.Database.ExecuteSqlRawAsync(await ScriptAsync("Postgres.002.sql"), Token);
        await db.Database.ExecuteSqlRawAsync(await ScriptAsync("Postgres.003.sql"), Token);
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE schema_versions (version INTEGER NOT NULL PRIMARY KEY);
            INSERT INTO schema_versions VALUES (2), (3);
            INSERT INTO cases
            SELECT i, sha256(int8send(i)), 2, 1, 2, '2026-01-01' FROM generate_series(1::bigint, 50) i;
            INSERT INTO fingerprints SELECT id, key_digest, 1, '2026-01-01' FROM cases;
            INSERT INTO entries SELECT id, key_digest, '2026-01-01', id FROM cases;
            INSERT INTO outbox SELECT 9223372036854775807 - id, key_digest FROM cases;
            INSERT INTO feed_changes SELECT id, key_digest, key_digest, id, NULL, id, key_digest, key_digest FROM cases;
            INSERT INTO platforms SELECT id, 'platform ' || id, 0, '2026-01-01' FROM cases;
            INSERT INTO platform_keys SELECT id, id, key_digest, '2026-01-01' FROM cases;
            ANALYZE
            """,
            Token);
        int before = (await StatisticsAsync(db)).Count;
        List<string> files = await IndexFilesAsync(db);

        await SchemaScripts.ApplyAsync(db, PostgresServers.Dialect(database), Token);
        List<string> upgraded = await StatisticsAsync(db);
        await db.Database.ExecuteSqlRawAsync("ANALYZE", Token);

        Assert.Equal(7, before);
        Assert.Empty(upgraded);
        Assert.Empty(await StatisticsAsync(db));
        Assert.Empty(files.Except(await IndexFilesAsync(db)));
        Assert.Equal(50, await db.Outbox.CountAsync(row => row.Id < OutboxRow.FirstOfBulk, Token));
    }

    private static Task<List<string>> StatisticsAsync(HashMatchDb db) => db.Database
        .SqlQuery<string>(
            $"""
            SELECT tablename || '.' || attname AS "Value" FROM pg_stats
            WHERE schemaname = 'public' AND attname IN ('hash', 'salt', 'key_digest', 'secret_digest')
            """)
        .ToListAsync(Token);

    // An index that is built anew gets another file: that takes long on a long list.
    private static Task<List<string>> IndexFilesAsync(HashMatchDb db) => db.Database
        .SqlQuery<string>(
            $"""
            SELECT i.indexrelid::regclass || ' ' || pg_relation_filenode(i.indexrelid) AS "Value"
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
            ORDER BY 1
            """)
        .ToListAsync(Token);

    private async Task MakeVersion1Async(CaseKey key, Hash256[] hashes, int listed)
    {
        var options = new StorageOptions { Path = _folder };
        options.MakeFiles();
        await using (var connection = new SqliteConnection($"Data Source={options.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL");
            await ExecuteAsync(connection, "CREATE TABLE schema_versions (version INTEGER NOT NULL PRIMARY KEY)");
            await ExecuteAsync(connection, await ScriptAsync("Sqlite.001.sql"));
            await ExecuteAsync(connection, "INSERT INTO schema_versions (version) VALUES (1)");
            await ExecuteAsync(
                connection,
                "INSERT INTO cases VALUES (7, $a, 2, $b, 41, '2026-01-01', NULL)",
                key.Digest(),
                (int)CaseState.Active);
            foreach ((int i, Hash256 hash) in hashes.Index())
            {
                await ExecuteAsync(
                    connection,
                    $"INSERT INTO fingerprints VALUES (7, $a, $b, '2026-01-01', {(i < listed ? 0 : 1)})",
                    hash.ToByteArray(),
                    i + 1);
                if (i < listed)
                {
                    await ExecuteAsync(
                        connection, "INSERT INTO entries VALUES ($b, $a, '2026-01-01')", hash.ToByteArray(), 1_000 - i);
                }
            }
        }

        SqliteConnection.ClearAllPools();
    }

    private static async Task<string> ScriptAsync(string name)
    {
        Assembly service = typeof(SchemaScripts).Assembly;
        using var reader = new StreamReader(
            service.GetManifestResourceStream($"HashMatch.Service.Storage.{name}")!);
        return await reader.ReadToEndAsync();
    }

    private static async Task ExecuteAsync(
        SqliteConnection connection, string statement, byte[]? bytes = null, int number = 0)
    {
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        if (bytes is not null)
        {
            command.Parameters.AddWithValue("$a", bytes);
            command.Parameters.AddWithValue("$b", number);
        }

        await command.ExecuteNonQueryAsync();
    }
}
