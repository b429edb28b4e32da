using System.Data.Common;
using HashMatch.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Storage;

public sealed class SchemaTests
{
    // Every column there is. A new one must be thought about: what does it say of a person if the database is seized?
    private static readonly string[] Permitted =
    [
        "cases.age_group INTEGER NOT NULL",
        "cases.created_day TEXT NOT NULL",
        "cases.id INTEGER NOT NULL KEY 1",
        "cases.key_digest BLOB NOT NULL",
        "cases.next_picture INTEGER NOT NULL",
        "cases.state INTEGER NOT NULL",
        "cases.withdrawn_day TEXT",
        "cases.withdrawn_position INTEGER",
        "entries.added_day TEXT NOT NULL",
        "entries.feed_position INTEGER",
        "entries.hash BLOB NOT NULL",
        "entries.id INTEGER NOT NULL KEY 1",
        "feed_changes.chain BLOB NOT NULL",
        "feed_changes.entry_id INTEGER",
        "feed_changes.hash BLOB",
        "feed_changes.leaf BLOB NOT NULL",
        "feed_changes.live_count INTEGER NOT NULL",
        "feed_changes.position INTEGER NOT NULL KEY 1",
        "feed_changes.salt BLOB",
        "feed_changes.target INTEGER",
        "feed_head.chain BLOB NOT NULL",
        "feed_head.epoch BLOB NOT NULL",
        "feed_head.id INTEGER NOT NULL KEY 1",
        "feed_head.live_count INTEGER NOT NULL",
        "feed_head.position INTEGER NOT NULL",
        "fingerprints.added_day TEXT NOT NULL",
        "fingerprints.case_id INTEGER NOT NULL KEY 1",
        "fingerprints.hash BLOB NOT NULL KEY 2",
        "fingerprints.picture INTEGER NOT NULL",
        "log.entry_id INTEGER NOT NULL",
        "log.position INTEGER NOT NULL KEY 1",
        "log.stamp INTEGER NOT NULL",
        "log_head.id INTEGER NOT NULL KEY 1",
        "log_head.position INTEGER NOT NULL",
        "mirrors.day TEXT NOT NULL",
        "mirrors.mirror_id BLOB NOT NULL KEY 2",
        "mirrors.platform_id INTEGER NOT NULL KEY 1",
        "mirrors.position INTEGER NOT NULL",
        "outbox.hash BLOB NOT NULL",
        "outbox.id INTEGER NOT NULL KEY 1",
        "outcomes.day TEXT NOT NULL",
        "outcomes.entry_id INTEGER NOT NULL KEY 1",
        "outcomes.outcome INTEGER NOT NULL",
        "outcomes.platform_id INTEGER NOT NULL KEY 2",
        "outcomes.settled_day TEXT",
        "outcomes.settled_outcome INTEGER",
        "platform_keys.created_day TEXT NOT NULL",
        "platform_keys.id INTEGER NOT NULL KEY 1",
        "platform_keys.platform_id INTEGER NOT NULL",
        "platform_keys.secret_digest BLOB NOT NULL",
        "platforms.created_day TEXT NOT NULL",
        "platforms.id INTEGER NOT NULL KEY 1",
        "platforms.name TEXT NOT NULL",
        "platforms.revoked_day TEXT",
        "platforms.scopes INTEGER NOT NULL",
    ];

    [Fact]
    public async Task Scripts_Applied_GiveWhatTheModelDescribes()
    {
        await using TestService service = await TestService.StartAsync();
        await using HashMatchDb db = await OpenAsync(service);
        await using var modelled = new SqliteConnection("Data Source=:memory:");
        await modelled.OpenAsync();
        await ExecuteAsync(modelled, db.Database.GenerateCreateScript());

        List<string> byModel = [.. await ColumnsAsync(modelled), .. await IndexesAsync(modelled)];
        List<string> byScripts =
        [
            .. await ColumnsAsync(db.Database.GetDbConnection()),
            .. await IndexesAsync(db.Database.GetDbConnection()),
        ];

        Assert.Equal(byModel, byScripts);
    }

    [Fact]
    public async Task Columns_AreThosePermittedAndNoOthers()
    {
        await using TestService service = await TestService.StartAsync();
        await using HashMatchDb db = await OpenAsync(service);

        List<string> columns = await ColumnsAsync(db.Database.GetDbConnection());

        Assert.Equal(Permitted, columns);
    }

    [Fact]
    public async Task Apply_Again_ChangesNothing()
    {
        await using TestService service = await TestService.StartAsync();
        await using HashMatchDb db = await OpenAsync(service);

        await SchemaScripts.ApplyAsync(db, Dialect(service), TestContext.Current.CancellationToken);

        Assert.Equal("1,2,3,4", await ScalarAsync(db, "SELECT group_concat(version) FROM schema_versions"));
    }

    [Fact]
    public async Task Apply_DatabaseOfANewerVersion_IsRefused()
    {
        await using TestService service = await TestService.StartAsync();
        await using HashMatchDb db = await OpenAsync(service);
        await ExecuteAsync(db.Database.GetDbConnection(), "INSERT INTO schema_versions (version) VALUES (999)");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SchemaScripts.ApplyAsync(db, Dialect(service), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("secure_delete", "1")]
    [InlineData("foreign_keys", "1")]
    [InlineData("temp_store", "2")]
    public async Task Connection_Opened_HasTheSettingsOfADurableStore(string pragma, string expected)
    {
        await using TestService service = await TestService.StartAsync();
        await using HashMatchDb db = await OpenAsync(service);

        Assert.Equal(expected, await ScalarAsync(db, $"PRAGMA {pragma}"));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Files_InAFolderOpenToOthers_AreClosedToThem()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string folder = TestService.NewFolder();
        File.SetUnixFileMode(
            folder, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await using (TestService service = await TestService.StartAsync(folder))
        {
            await service.CaseClient.RegisterAsync(Protocol.CaseKey.Create(), TestHashes.Make(1));

            string[] files = Directory.GetFiles(folder, "hashmatch.db*");
            Assert.Equal(3, files.Length);
            Assert.All(files, file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static SqlDialect Dialect(TestService service) => service.Services.GetRequiredService<SqlDialect>();

    private static async Task<HashMatchDb> OpenAsync(TestService service)
    {
        HashMatchDb db = await service.Services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>()
            .CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        return db;
    }

    private static Task<List<string>> ColumnsAsync(DbConnection connection) => RowsAsync(
        connection,
        """
        SELECT t.name || '.' || c.name || ' ' || c.type
            || iif(c."notnull", ' NOT NULL', '') || iif(c.pk > 0, ' KEY ' || c.pk, '')
        FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_versions'
        ORDER BY 1
        """);

    private static Task<List<string>> IndexesAsync(DbConnection connection) => RowsAsync(
        connection,
        """
        SELECT t.name || ' ' || i.name || ' unique ' || i."unique" || ' partial ' || i.partial
            || ' ' || group_concat(c.name)
        FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
        WHERE t.type = 'table' AND i.origin = 'c'
        GROUP BY t.name, i.name
        ORDER BY 1
        """);

    private static async Task<List<string>> RowsAsync(DbConnection connection, string query)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = query;
        await using DbDataReader rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
        {
            lines.Add(rows.GetString(0));
        }

        return lines;
    }

    private static async Task ExecuteAsync(DbConnection connection, string statements)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> ScalarAsync(HashMatchDb db, string query)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = query;
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
