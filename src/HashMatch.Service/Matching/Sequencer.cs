using System.Data.Common;
using System.Threading.Channels;
using HashMatch.Matching;
using HashMatch.Service.Health;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Matching;

/// <summary>
/// Merges what cases registered into the entries of the list, each hash once, and has erased hashes leave the files.
/// </summary>
/// <remarks>
/// Registration never reads the entries, so a new hash and a known one cost it the same; what is pending is merged here
/// afterwards, within milliseconds, and at start whatever a crash left.
/// </remarks>
public sealed class Sequencer(
    IDbContextFactory<HashMatchDb> databases,
    WriteGate gate,
    HashList list,
    ServiceHealth health,
    TimeProvider clock,
    ILogger<Sequencer> logger) : BackgroundService
{
    private const int HashesPerTransaction = 10_000;

    // Other processes (the import command) leave pending rows too, and tell nobody.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _erase = true;

    /// <summary>Asks for a merge without waiting for it.</summary>
    public void MergeSoon() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Asks that deleted hashes be erased from the write-ahead log too, without waiting for it.</summary>
    public void EraseSoon()
    {
        _erase = true;
        _wakeUps.Writer.TryWrite(true);
    }

    /// <summary>Merges everything that is pending.</summary>
    /// <returns>How many entries are new.</returns>
    public async Task<int> MergeAsync(CancellationToken cancellationToken)
    {
        int added = 0;
        while (await MergeBatchAsync(cancellationToken) is int count and >= 0)
        {
            added += count;
        }

        return added;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MergeAsync(stoppingToken);
                await EraseAsync(stoppingToken);
                await ProbeAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                // A full disk, say: what is pending stays pending, and the next round tries again.
                health.StorageWorks = false;
                logger.MergeFailed(exception.GetType().Name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(PollInterval);
        try
        {
            await _wakeUps.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody woke it: time to look, or to stop.
        }
    }

    // Gives the number of new entries, or -1 when nothing was pending.
    private async Task<int> MergeBatchAsync(CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        IQueryable<CaseFingerprint> pending = db.Fingerprints.Where(row => row.Pending);
        if (!await pending.AnyAsync(cancellationToken))
        {
            return -1;
        }

        // The statements below work on all pending hashes up to this one, of which there are not too many.
        Hash256[] last = await pending
            .OrderBy(row => row.Hash)
            .Select(row => row.Hash)
            .Skip(HashesPerTransaction)
            .Take(1)
            .ToArrayAsync(cancellationToken);
        byte[] bound =
            last.Length > 0 ? last[0].ToByteArray() : [.. Enumerable.Repeat(byte.MaxValue, Hash256.ByteCount)];

        var entries = new List<Entry>();
        await using (DbCommand command = db.Database.GetDbConnection().CreateCommand())
        {
            command.Transaction = transaction.GetDbTransaction();
            command.CommandText =
                """
                INSERT INTO entries (id, hash, added_day)
                SELECT random() & 0x7fffffffffffffff, hash, @day
                FROM (SELECT DISTINCT hash FROM fingerprints WHERE pending AND hash <= @bound)
                WHERE true
                ON CONFLICT (hash) DO NOTHING
                RETURNING id, hash
                """;
            AddParameter(command, "@bound", bound);
            AddParameter(command, "@day", clock.Today().ToString("O"));
            await using (DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await rows.ReadAsync(cancellationToken))
                {
                    entries.Add(new Entry
                    {
                        Id = rows.GetInt64(0),
                        Hash = new Hash256(rows.GetFieldValue<byte[]>(1)),
                        AddedDay = clock.Today(),
                    });
                }
            }

            command.CommandText = "UPDATE fingerprints SET pending = 0 WHERE pending AND hash <= @bound";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // From here on nothing is cancelled: the index must follow what was committed.
        await transaction.CommitAsync(CancellationToken.None);
        list.Add(entries);
        return entries.Count;
    }

    // secure_delete has zeroed the pages; the log still holds them as they were until it is emptied.
    private async Task EraseAsync(CancellationToken cancellationToken)
    {
        if (!_erase)
        {
            return;
        }

        // Under the gate nothing is withdrawn, so that no wish is lost; only a checkpoint that went through ends it.
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await using DbDataReader answer = await command.ExecuteReaderAsync(cancellationToken);

        // The first column tells that a reader or another process was in the way: try again next time.
        _erase = !await answer.ReadAsync(cancellationToken) || answer.GetInt64(0) != 0;
    }

    // After a failure only a write that reached the disk tells that storage works again; nothing may be pending.
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (health.StorageWorks)
        {
            return;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA user_version = 0";
        await command.ExecuteNonQueryAsync(cancellationToken);
        health.StorageWorks = true;
    }

    private static void AddParameter(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
