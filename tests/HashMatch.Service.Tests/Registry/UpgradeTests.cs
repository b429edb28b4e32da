using System.Reflection;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.Data.Sqlite;

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
