using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Storage;

/// <summary>SQLite, in the data folder.</summary>
public sealed class SqliteDialect(StorageOptions options) : SqlDialect
{
    private static readonly TimeSpan CheckpointPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromMilliseconds(100);

    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, SqliteCommand>>
        PreparedCommands = [];

    public override string Name => "Sqlite";

    public override bool HasOneWriter => true;

    public override void Configure(DbContextOptionsBuilder builder)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = options.DatabaseFile, ForeignKeys = true };
        builder.UseSqlite(connection.ToString()).AddInterceptors(new SqliteSettings());
    }

    public override void Prepare() => options.MakeFiles();

    // Every connection is checked as it is opened: SqliteSettings.
    public override Task CheckAsync(HashMatchDb db, CancellationToken cancellationToken) => Task.CompletedTask;

    // A transaction that writes begins with BEGIN IMMEDIATE, so that nobody else does.
    public override string ForUpdate(string select) => select;

    public override string ForUpdateOfFree(string select) => select;

    // Whoever has begun to write waits for nobody.
    public override Task LimitLockWaitsAsync(HashMatchDb db, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override async Task<IDbContextTransaction> BeginReadAsync(
        HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        return (await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellationToken))!;
    }

    public override Task LockSchemaAsync(DbCommand command, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task InsertAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken) =>
        InsertRowsAsync(db, $"INSERT INTO {table}", columns, rows, cancellationToken);

    public override Task<int> InsertMissingAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken) =>
        InsertRowsAsync(db, $"INSERT OR IGNORE INTO {table}", columns, rows, cancellationToken);

    public override Task DeleteAsync(
        HashMatchDb db, string table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        DeleteRowsAsync(db, $"DELETE FROM {table} WHERE id = $id", ids, cancellationToken);

    public override Task DeleteOutcomesAsync(
        HashMatchDb db, IReadOnlyCollection<long> entryIds, CancellationToken cancellationToken) =>
        DeleteRowsAsync(db, "DELETE FROM outcomes WHERE entry_id = $id", entryIds, cancellationToken);

    // There is no other node; what another process of this machine writes is found by polling.
    public override Task NotifyAsync(HashMatchDb db, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task ListenAsync(Action wake, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken);

    // secure_delete has zeroed the pages; the log still holds them as they were until it is emptied.
    public override async Task<bool> EraseAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Command("PRAGMA wal_checkpoint(TRUNCATE)");
        await using DbDataReader answer = await command.ExecuteReaderAsync(cancellationToken);

        // The first column tells that a reader or another process was in the way.
        return await answer.ReadAsync(cancellationToken) && answer.GetInt64(0) == 0;
    }

    public override async Task<List<Finding>> CompactAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await DoAtLengthAsync(db, "VACUUM", cancellationToken);
        var patience = Stopwatch.StartNew();
        bool isEmptied;
        while (!(isEmptied = await EraseAsync(db, cancellationToken)) && patience.Elapsed < CheckpointPatience)
        {
            await Task.Delay(CheckpointInterval, cancellationToken);
        }

        return
        [
            new Finding("SQLite's file", true, "written anew"),
            new Finding(
                "SQLite's write-ahead log",
                isEmptied,
                isEmptied ? "emptied" : "another process reads the database all the time. Try again later."),
        ];
    }

    public override async Task<List<Finding>> ExamineAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        List<string> missing = SqliteSettings.Missing(db.Database.GetDbConnection());
        string integrity = await AskAsync(db, "PRAGMA integrity_check(1)", cancellationToken);
        return
        [
            new Finding(
                "SQLite's settings",
                missing.Count == 0,
                missing.Count == 0
                    ? "as durability and erasure need them"
                    : $"{string.Join(", ", missing)} did not take. See that the data folder is on a local disk."),
            new Finding(
                "SQLite's file",
                integrity == "ok",
                integrity == "ok" ? "the integrity check is clean" : "it is damaged. Restore it from a backup."),
        ];
    }

    private static async Task DeleteRowsAsync(
        HashMatchDb db, string delete, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var command = (SqliteCommand)db.Command(delete);
        SqliteParameter parameter = command.Parameters.Add("$id", SqliteType.Integer);
        foreach (long id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parameter.Value = id;
            command.ExecuteNonQuery();
        }
    }

    private static Task<int> InsertRowsAsync(
        HashMatchDb db,
        string insert,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken)
    {
        SqliteCommand command = Prepared(
            db,
            $"{insert} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i}"))})",
            columns.Length);
        SqliteParameterCollection parameters = command.Parameters;
        int inserted = 0;
        foreach (object[] row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < parameters.Count; i++)
            {
                parameters[i].Value = row[i];
            }

            inserted += command.ExecuteNonQuery();
        }

        return Task.FromResult(inserted);
    }

    // Compiled once for the changes of a transaction, and let go of with its connection. Its parameters are $0, $1, ...
    private static SqliteCommand Prepared(HashMatchDb db, string statement, int parameters)
    {
        Dictionary<string, SqliteCommand> commands =
            PreparedCommands.GetOrCreateValue((SqliteConnection)db.Database.GetDbConnection());
        if (!commands.TryGetValue(statement, out SqliteCommand? command))
        {
            command = (SqliteCommand)db.Command(statement);
            for (int i = 0; i < parameters; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            commands.Add(statement, command);
        }

        command.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }
}
