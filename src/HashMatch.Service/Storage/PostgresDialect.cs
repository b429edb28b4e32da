using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace HashMatch.Service.Storage;

/// <summary>PostgreSQL, which any number of nodes share.</summary>
public sealed class PostgresDialect(StorageOptions options) : SqlDialect
{
    private const string Channel = "hashmatch_log";

    // What pg_advisory_xact_lock takes: any number, as long as it is the same for all.
    private const long SchemaLock = 0x48617368_4D617463;

    // A node that stops in the middle of a transaction, or whose network does, must not keep the others waiting: the
    // server would notice after two hours, or never. What waits for a table that is written anew learns so before its
    // command's 30 seconds end, from which nothing could be told.
    private const string SessionOptions =
        "-c idle_in_transaction_session_timeout=10s -c lock_timeout=20s -c tcp_keepalives_idle=5 "
        + "-c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    // Whether the server writes the values of statements, hashes among them, into its own log.
    private const string LogsValues =
        """
        SELECT coalesce(current_setting('log_parameter_max_length_on_error', true), '0') <> '0'
            OR coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0'
            AND (current_setting('log_statement') IN ('mod', 'all')
                OR current_setting('log_min_duration_statement') <> '-1'
                OR coalesce(current_setting('log_min_duration_sample', true), '-1') <> '-1'
                OR coalesce(current_setting('log_transaction_sample_rate', true), '0') <> '0')
        """;

    // For the one connection that waits without asking anything.
    private const int ListenerKeepAliveSeconds = 10;

    // What holds hashes or salts.
    private const string HashTables = "fingerprints, entries, outbox, feed_changes";

    // COPY takes a round trip or two more, and is faster with many rows.
    private const int RowsPerStatement = 256;

    private readonly string _connectionString = WithSessionOptions(options.ConnectionString);

    public override string Name => "Postgres";

    public override bool HasOneWriter => false;

    // The provider's own strategy would wrap what failed in an exception of another kind.
    public override void Configure(DbContextOptionsBuilder builder) => builder.UseNpgsql(
        _connectionString,
        npgsql => npgsql.ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)));

    public override void Prepare()
    {
    }

    public override async Task CheckAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        foreach (string setting in (string[])["fsync", "synchronous_commit"])
        {
            string value = await db.Database
                .SqlQuery<string>($"SELECT current_setting({setting}) AS \"Value\"")
                .SingleAsync(cancellationToken);
            if (value == "off")
            {
                throw new InvalidOperationException(
                    $"PostgreSQL has {setting} = off, so that a crash would lose what was acknowledged. Set it to on.");
            }
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        if (await LogsValuesAsync(db, cancellationToken))
        {
            throw new InvalidOperationException(
                "PostgreSQL would write hashes into its own log, as it logs statements with their values. Set "
                + "log_parameter_max_length = 0 and log_parameter_max_length_on_error = 0.");
        }
    }

    public override string ForUpdate(string select) => select + " FOR UPDATE";

    public override string ForUpdateOfFree(string select) => select + " FOR UPDATE SKIP LOCKED";

    public override async Task LimitLockWaitsAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(db, "SET LOCAL lock_timeout = '2s'");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override Task<IDbContextTransaction> BeginReadAsync(HashMatchDb db, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public override async Task LockSchemaAsync(DbCommand command, CancellationToken cancellationToken)
    {
        command.CommandText = $"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({SchemaLock})";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task InsertAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken)
    {
        var list = rows.ToList();
        if (AreFew(list))
        {
            await InsertFewAsync(db, table, columns, list, "", cancellationToken);
            return;
        }

        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (object[] row in list)
        {
            await copy.WriteRowAsync(cancellationToken, row);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    // COPY stops at the first row that is there already, so the rows are copied beside the table first.
    public override async Task<int> InsertMissingAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken)
    {
        const string PassOver = " ON CONFLICT DO NOTHING";
        var list = rows.ToList();
        if (AreFew(list))
        {
            return await InsertFewAsync(db, table, columns, list, PassOver, cancellationToken);
        }

        string names = string.Join(", ", columns);
        await using NpgsqlCommand command = Command(
            db, $"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {names} FROM {table} WHERE false");
        await command.ExecuteNonQueryAsync(cancellationToken);
        await InsertAsync(db, "staged", columns, list, cancellationToken);
        command.CommandText = $"INSERT INTO {table} ({names}) SELECT {names} FROM staged{PassOver}";
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task DeleteAsync(
        HashMatchDb db, string table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(db, $"DELETE FROM {table} WHERE id = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task DeleteOutcomesAsync(
        HashMatchDb db, IReadOnlyCollection<long> entryIds, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(
            db,
            """
            DELETE FROM outcomes WHERE (entry_id, platform_id) IN (
                SELECT entry_id, platform_id FROM outcomes WHERE entry_id = ANY($1) FOR UPDATE SKIP LOCKED)
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. entryIds] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task NotifyAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(db, $"NOTIFY {Channel}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task ListenAsync(Action wake, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connectionString) { KeepAlive = ListenerKeepAliveSeconds };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, _) => wake();
        await using (NpgsqlCommand command = connection.CreateCommand())
        {
            command.CommandText = $"LISTEN {Channel}";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was notified before it listened.
        wake();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    // Deleted rows stay in their pages until they are vacuumed. Even then their bytes stay in the free space, until
    // other rows take it or the tables are compacted.
    public override async Task<bool> EraseAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await DoAtLengthAsync(db, $"VACUUM {HashTables}", cancellationToken);
        return true;
    }

    public override async Task<List<Finding>> CompactAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await DoAtLengthAsync(db, "SET lock_timeout = 0", cancellationToken);
        var findings = new List<Finding>
        {
            await RewriteAsync(db, "tables", HashTables, cancellationToken),

            // The planner's statistics hold some of the columns' values.
            await RewriteAsync(db, "statistics", "pg_catalog.pg_statistic", cancellationToken),
        };
        try
        {
            await DoAtLengthAsync(db, "CHECKPOINT", cancellationToken);
            findings.Add(new Finding("PostgreSQL's checkpoint", true, "made"));
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            findings.Add(new Finding(
                "PostgreSQL's checkpoint",
                true,
                "left to the server, which makes one within its checkpoint_timeout: this user may not. "
                    + "GRANT pg_checkpoint lets it"));
        }

        return findings;
    }

    public override async Task<List<Finding>> ExamineAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await db.Database.OpenConnectionAsync(cancellationToken);
        foreach (string setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            string value = await AskAsync(db, $"SHOW {setting}", cancellationToken);
            bool isWell = value != "off";
            findings.Add(new Finding(
                $"PostgreSQL's {setting}",
                isWell,
                isWell ? value : $"it is {value}: what was acknowledged may be lost. Set it to on."));
        }

        bool isLogged = await LogsValuesAsync(db, cancellationToken);
        findings.Add(new Finding(
            "PostgreSQL's log",
            !isLogged,
            isLogged
                ? "statements are logged with their values, hashes among them. Set log_parameter_max_length = 0 and "
                    + "log_parameter_max_length_on_error = 0, and delete the logs."
                : "holds no values of statements"));
        string standbys = await AskAsync(db, "SHOW synchronous_standby_names", cancellationToken);
        findings.Add(new Finding(
            "PostgreSQL's synchronous_standby_names",
            true,
            standbys.Length > 0 ? standbys : "none: what was acknowledged last may be lost if a standby takes over"));
        return findings;
    }

    private static async Task<bool> LogsValuesAsync(HashMatchDb db, CancellationToken cancellationToken) =>
        bool.Parse(await AskAsync(db, LogsValues, cancellationToken));

    // What a user may not vacuum is passed over with a warning, and not with an error.
    private static async Task<Finding> RewriteAsync(
        HashMatchDb db, string subject, string tables, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        int warnings = 0;
        connection.Notice += Count;
        try
        {
            await DoAtLengthAsync(db, $"VACUUM (FULL, ANALYZE) {tables}", cancellationToken);
        }
        finally
        {
            connection.Notice -= Count;
        }

        return new Finding(
            $"PostgreSQL's {subject}",
            warnings == 0,
            warnings == 0
                ? $"{tables}: written anew"
                : $"{tables}: not all may be written anew by this user. Let the owner of the database run it.");

        void Count(object sender, NpgsqlNoticeEventArgs args) =>
            warnings += args.Notice.InvariantSeverity == "WARNING" ? 1 : 0;
    }

    private static bool AreFew(List<object[]> rows) =>
        rows.Count <= RowsPerStatement && !rows.Exists(row => row.Contains(DBNull.Value));

    // A parameter is a column: the statement is the same for any number of rows.
    private static async Task<int> InsertFewAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        List<object[]> rows,
        string whenThere,
        CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        string places = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        await using NpgsqlCommand command = Command(
            db, $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT * FROM unnest({places}){whenThere}");
        for (int i = 0; i < columns.Length; i++)
        {
            command.Parameters.Add(rows[0][i] switch
            {
                long => Column<long>(rows, i),
                int => Column<int>(rows, i),
                DateOnly => Column<DateOnly>(rows, i),
                _ => Column<byte[]>(rows, i),
            });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<T[]> Column<T>(List<object[]> rows, int column) =>
        new() { TypedValue = [.. rows.Select(row => (T)row[column])] };

    // What the operator sets there stands.
    private static string WithSessionOptions(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options ??= SessionOptions;
        return settings.ConnectionString;
    }

    private static NpgsqlCommand Command(HashMatchDb db, string statement) => (NpgsqlCommand)db.Command(statement);
}
