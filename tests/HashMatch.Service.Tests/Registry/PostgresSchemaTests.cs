using HashMatch.Service.Storage;
using HashMatch.Service.Tests.EndToEnd;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

public sealed class PostgresSchemaTests
{
    // Every column there is, as SchemaTests has them for SQLite, with the same question to a new one.
    private static readonly string[] Permitted =
    [
        "cases.age_group integer NOT NULL",
        "cases.created_day date NOT NULL",
        "cases.id bigint NOT NULL KEY",
        "cases.key_digest bytea NOT NULL",
        "cases.next_picture integer NOT NULL",
        "cases.state integer NOT NULL",
        "cases.withdrawn_day date",
        "cases.withdrawn_position bigint",
        "entries.added_day date NOT NULL",
        "entries.feed_position bigint",
        "entries.hash bytea NOT NULL",
        "entries.id bigint NOT NULL KEY",
        "feed_changes.chain bytea NOT NULL",
        "feed_changes.entry_id bigint",
        "feed_changes.hash bytea",
        "feed_changes.leaf bytea NOT NULL",
        "feed_changes.live_count bigint NOT NULL",
        "feed_changes.position bigint NOT NULL KEY",
        "feed_changes.salt bytea",
        "feed_changes.target bigint",
        "feed_head.chain bytea NOT NULL",
        "feed_head.epoch bytea NOT NULL",
        "feed_head.id integer NOT NULL KEY",
        "feed_head.live_count bigint NOT NULL",
        "feed_head.position bigint NOT NULL",
        "fingerprints.added_day date NOT NULL",
        "fingerprints.case_id bigint NOT NULL KEY",
        "fingerprints.hash bytea NOT NULL KEY",
        "fingerprints.picture integer NOT NULL",
        "log.entry_id bigint NOT NULL",
        "log.position bigint NOT NULL KEY",
        "log.stamp bigint NOT NULL",
        "log_head.id integer NOT NULL KEY",
        "log_head.position bigint NOT NULL",
        "mirrors.day date NOT NULL",
        "mirrors.mirror_id bytea NOT NULL KEY",
        "mirrors.platform_id bigint NOT NULL KEY",
        "mirrors.position bigint NOT NULL",
        "outbox.hash bytea NOT NULL",
        "outbox.id bigint NOT NULL KEY",
        "outcomes.day date NOT NULL",
        "outcomes.entry_id bigint NOT NULL KEY",
        "outcomes.outcome integer NOT NULL",
        "outcomes.platform_id bigint NOT NULL KEY",
        "outcomes.settled_day date",
        "outcomes.settled_outcome integer",
        "platform_keys.created_day date NOT NULL",
        "platform_keys.id bigint NOT NULL KEY",
        "platform_keys.platform_id bigint NOT NULL",
        "platform_keys.secret_digest bytea NOT NULL",
        "platforms.created_day date NOT NULL",
        "platforms.id bigint NOT NULL KEY",
        "platforms.name text NOT NULL",
        "platforms.revoked_day date",
        "platforms.scopes integer NOT NULL",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scripts_Applied_GiveWhatTheModelDescribesAndNoOtherColumns()
    {
        await using HashMatchDb scripted = await OpenNewAsync("schema_scripted");
        await using HashMatchDb modelled = await OpenNewAsync("schema_modelled");

        await ApplyAsync(scripted);
        await modelled.Database.ExecuteSqlRawAsync(modelled.Database.GenerateCreateScript(), Token);

        Assert.Equal(Permitted, await ColumnsAsync(scripted));
        Assert.Equal(Permitted, await ColumnsAsync(modelled));
        Assert.Equal(await IndexesAsync(modelled), await IndexesAsync(scripted));
    }

    [Fact]
    public async Task Apply_ManyAtOnce_AppliesEachScriptOnce()
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync("schema_at_once");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using HashMatchDb db = PostgresServers.Open(database);
            await ApplyAsync(db);
        }));

        await using HashMatchDb done = PostgresServers.Open(database);
        List<int> versions =
            await done.Database.SqlQueryRaw<int>("SELECT version FROM schema_versions").ToListAsync(Token);
        Assert.Equal([2, 3, 4], versions);
    }

    [Fact]
    public async Task Start_TwoServicesAtOnceOnANewDatabase_BothServe()
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync("started_at_once");
        using var folder = new DiskFolder();

        RunningService[] services = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunningService.StartAsync(
            folder.Path,
            "Production",
            ("Storage__Provider", "postgres"),
            ("Storage__ConnectionString", database))));

        int[] codes = await Task.WhenAll(services.Select(service => service.StopAsync()));
        Assert.Equal([0, 0], codes);
        await Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask()));
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("synchronous_commit")]
    public async Task Check_ServerThatForgetsInACrash_IsRefusedByTheSettingsName(string setting)
    {
        PostgresServers.RequireInstalled();
        string parent = await (await PostgresServer.Shared).CreateDatabaseAsync("settings");
        string options = "-c synchronous_commit=off";
        if (setting == "fsync")
        {
            await using PostgresServer forgetful = await PostgresServer.StartAsync("fsync = off");
            parent = forgetful.ConnectionString("postgres");
            await AssertRefusedAsync(parent, setting);
            return;
        }

        await AssertRefusedAsync($"{parent};Options={options}", setting);
    }

    private static async Task AssertRefusedAsync(string database, string setting)
    {
        await using HashMatchDb db = PostgresServers.Open(database);
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => PostgresServers.Dialect(database).CheckAsync(db, Token));
        Assert.Contains($"{setting} = off", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<HashMatchDb> OpenNewAsync(string name)
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        return PostgresServers.Open(await server.CreateDatabaseAsync(name));
    }

    private static Task ApplyAsync(HashMatchDb db) =>
        SchemaScripts.ApplyAsync(db, PostgresServers.Dialect("Host=unused"), Token);

    private static Task<List<string>> ColumnsAsync(HashMatchDb db) => db.Database.SqlQueryRaw<string>(
        """
        SELECT t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
            || CASE WHEN a.attnum = ANY (k.conkey) THEN ' KEY' ELSE '' END AS "Value"
        FROM pg_class t
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
        WHERE t.relkind = 'r' AND t.relname <> 'schema_versions'
        ORDER BY (t.relname || '.' || a.attname) COLLATE "C"
        """).ToListAsync(Token);

    // With the columns, in order; keys, and what they refer to, are constraints.
    private static Task<List<string>> IndexesAsync(HashMatchDb db) => db.Database.SqlQueryRaw<string>(
        """
        SELECT i.indrelid::regclass || ' ' || CASE WHEN i.indisprimary THEN 'KEY' ELSE i.indexrelid::regclass::text END
            || CASE WHEN i.indisunique THEN ' unique ' ELSE ' ' END
            || (SELECT string_agg(pg_get_indexdef(i.indexrelid, p, false), ',') FROM generate_series(1, i.indnatts) p)
            || coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS "Value"
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        WHERE t.relname <> 'schema_versions'
        UNION ALL
        SELECT f.conrelid::regclass || ' refers ' || pg_get_constraintdef(f.oid) FROM pg_constraint f
        WHERE f.contype = 'f'
        ORDER BY 1
        """).ToListAsync(Token);
}
