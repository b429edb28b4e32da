using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Storage;

/// <summary>What the two databases do differently; tables, model and all other statements are the same.</summary>
public abstract class SqlDialect
{
    /// <summary>The folder of the database's schema scripts.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the database takes one writer at a time: waiting in turn is better than trying.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>Makes the dialect of the configured database.</summary>
    public static SqlDialect Of(StorageOptions options) => options.Provider switch
    {
        StorageProvider.Postgres => new PostgresDialect(options),
        _ => new SqliteDialect(options),
    };

    /// <summary>Tells EF how to reach the database.</summary>
    public abstract void Configure(DbContextOptionsBuilder builder);

    /// <summary>Makes what must be there before the first connection.</summary>
    public abstract void Prepare();

    /// <summary>Makes sure that what is committed stays, whatever the server's settings are.</summary>
    /// <exception cref="InvalidOperationException">It would not; the message names the setting to blame.</exception>
    public abstract Task CheckAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>Gives a SELECT whose rows nobody else may change before the transaction's end.</summary>
    public abstract string ForUpdate(string select);

    /// <summary>As <see cref="ForUpdate"/>, but passes over rows that others hold: it waits for nobody.</summary>
    public abstract string ForUpdateOfFree(string select);

    /// <summary>Has the transaction's statements fail rather than wait for long for what others hold.</summary>
    public abstract Task LimitLockWaitsAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>
    /// Makes this transaction the only one, on any node, that changes the log or the feed: first of all, so that what
    /// is read after it is read by no other that does so at the same time.
    /// </summary>
    public async Task<LogHead> LockLogAsync(HashMatchDb db, CancellationToken cancellationToken) =>
        (await db.LogHeads.FromSqlRaw(ForUpdate("SELECT * FROM log_head")).ToListAsync(cancellationToken)).Single();

    /// <summary>Makes this transaction the only one that changes what the platform has said or acknowledged.</summary>
    public Task LockPlatformAsync(HashMatchDb db, long platformId) => db.Platforms
        .FromSqlRaw(ForUpdate("SELECT * FROM platforms WHERE id = {0}"), platformId)
        .AsNoTracking()
        .ToListAsync(CancellationToken.None);

    /// <summary>Begins a transaction that reads everything as of one moment and keeps nobody from writing.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>Keeps other processes from changing the schema before the transaction's end.</summary>
    public abstract Task LockSchemaAsync(DbCommand command, CancellationToken cancellationToken);

    /// <summary>Inserts rows on the fastest road the database has, without EF's tracking.</summary>
    /// <param name="db">A context, in a transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns, in the order of each row's values.</param>
    /// <param name="rows">The rows: long, int, byte[], DateOnly or DBNull, as the columns have it.</param>
    /// <param name="cancellationToken">Ends the inserting; what was inserted goes with the transaction.</param>
    public abstract Task InsertAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken);

    /// <summary>As <see cref="InsertAsync"/>, but passes over rows whose key is there already.</summary>
    /// <returns>How many were inserted.</returns>
    public abstract Task<int> InsertMissingAsync(
        HashMatchDb db,
        string table,
        string[] columns,
        IEnumerable<object[]> rows,
        CancellationToken cancellationToken);

    /// <summary>Deletes the rows with these ids.</summary>
    public abstract Task DeleteAsync(
        HashMatchDb db, string table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes what was said of entries that have left the list, but for what a report, on another node, is writing
    /// just now: to wait for it while it may wait for this transaction would be for ever.
    /// </summary>
    public abstract Task DeleteOutcomesAsync(
        HashMatchDb db, IReadOnlyCollection<long> entryIds, CancellationToken cancellationToken);

    /// <summary>Wakes the other nodes on this database once the transaction is committed.</summary>
    public abstract Task NotifyAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>Calls back whenever another node notifies, until it is cancelled.</summary>
    public abstract Task ListenAsync(Action wake, CancellationToken cancellationToken);

    /// <summary>Has what was deleted leave the files.</summary>
    /// <returns>Whether it did; false where a reader was in the way and it must be tried again.</returns>
    public abstract Task<bool> EraseAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what holds hashes anew, so that the free space of its files holds nothing of what was deleted. It may
    /// run beside the service, whose changes wait meanwhile.
    /// </summary>
    /// <returns>What was done, and what was not.</returns>
    public abstract Task<List<Finding>> CompactAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>Examines the settings that durability rests on, and where the database can, its files.</summary>
    public abstract Task<List<Finding>> ExamineAsync(HashMatchDb db, CancellationToken cancellationToken);

    /// <summary>Does what may take as long as it takes.</summary>
    protected static async Task DoAtLengthAsync(
        HashMatchDb db, string statement, CancellationToken cancellationToken)
    {
        await using DbCommand command = db.Command(statement);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Asks a question with one answer.</summary>
    protected static async Task<string> AskAsync(
        HashMatchDb db, string statement, CancellationToken cancellationToken)
    {
        await using DbCommand command = db.Command(statement);
        object? answer = await command.ExecuteScalarAsync(cancellationToken);
        return Convert.ToString(answer, CultureInfo.InvariantCulture) ?? "";
    }
}
