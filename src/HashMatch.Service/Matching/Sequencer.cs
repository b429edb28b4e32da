using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Feed;
using HashMatch.Service.Health;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Matching;

/// <summary>
/// Brings the entries of the list in line with what cases hold, and gives every change a position in the log.
/// </summary>
/// <remarks>
/// Registration and withdrawal write only what a case holds, and the hash to the outbox; so new and known hashes cost
/// the same. Whoever works on the outbox holds the log's head locked: positions are dense and in the order of commits,
/// with any number of nodes. A hash is judged by what is committed at that moment, so it is safe to look at it once
/// more, or later than others.
/// </remarks>
public sealed class Sequencer(
    IDbContextFactory<HashMatchDb> databases,
    SqlDialect dialect,
    WriteGate gate,
    HashList list,
    FeedWriter feed,
    FeedBell bell,
    ServiceHealth health,
    Retention retention,
    TimeProvider clock,
    ILogger<Sequencer> logger) : BackgroundService
{
    private const int RowsPerTransaction = 10_000;

    // Other processes (the import command) leave work too, and tell nobody.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // Under load all that comes in such a time is merged together; what comes alone is merged at once.
    private static readonly TimeSpan MergeInterval = TimeSpan.FromMilliseconds(25);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for a merge without waiting for it.</summary>
    public void MergeSoon() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Merges everything that was committed before the call, and brings this node's list up to it.</summary>
    /// <returns>How many entries came or went.</returns>
    public Task<int> MergeAsync(CancellationToken cancellationToken) => MergeAsync(long.MaxValue, cancellationToken);

    /// <summary>As <see cref="MergeAsync(CancellationToken)"/>, but leaves what long lists brought.</summary>
    public Task<int> MergeOrdinaryAsync(CancellationToken cancellationToken) =>
        MergeAsync(OutboxRow.FirstOfBulk - 1, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it fails with, a full disk, say: the outbox stays as it is, and the next round tries again. An
            // exception that got out of here would end the whole service.
            Task pause = Task.Delay(MergeInterval, stoppingToken);
            Task working = WorkAsync(stoppingToken);
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (working.Exception?.InnerException is Exception failure)
            {
                health.StorageWorks &= StorageFailure.IsOnlyBusy(failure);
                logger.MergeFailed(failure.GetType().Name);
            }

            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WaitAsync(stoppingToken);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await MergeAsync(cancellationToken);
        await ProbeAsync(cancellationToken);
    }

    private async Task<int> MergeAsync(long lastId, CancellationToken cancellationToken)
    {
        int changes = 0;
        int rows;
        do
        {
            (rows, int count) = await MergeSomeAsync(lastId, cancellationToken);
            changes += count;
        }
        while (rows == RowsPerTransaction);

        // One that takes fewer rows than it may has taken all there were. To go on until there are none would, while
        // others register without a pause, not end.
        await list.FollowAsync(cancellationToken);
        return changes;
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

    // Gives how many rows of the outbox it took, and how many entries came or went.
    private async Task<(int Rows, int Changes)> MergeSomeAsync(long lastId, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Outbox.AnyAsync(row => row.Id <= lastId, cancellationToken)
            && !await IsAnyWithdrawingAsync(db, cancellationToken))
        {
            return (0, 0);
        }

        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        LogHead head = await dialect.LockLogAsync(db, cancellationToken);

        // Before the outbox: what these cases held is in it, or was. A case that somebody holds is left to a later
        // round: who waited for it here could be waited for there.
        List<Case> withdrawing = await db.Cases
            .FromSqlRaw(dialect.ForUpdateOfFree("SELECT * FROM cases WHERE state = 2 AND withdrawn_position IS NULL"))
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        Work work = await ReadOutboxAsync(db, lastId, cancellationToken);
        await dialect.DeleteAsync(db, "outbox", work.OutboxIds, cancellationToken);

        DateOnly today = clock.Today();
        var coming = work.Coming.Zip(RandomId.Next(work.Coming.Count), (hash, id) => (Id: id, Hash: hash)).ToList();
        await dialect.DeleteAsync(db, "entries", work.Leaving, cancellationToken);
        await dialect.InsertAsync(
            db,
            "entries",
            ["id", "hash", "added_day"],
            coming.Select(entry => new object[] { entry.Id, entry.Hash.ToByteArray(), today }),
            cancellationToken);
        int changes = work.Leaving.Count + coming.Count;
        long[] stamps = RandomId.Next(changes);
        await dialect.InsertAsync(
            db,
            "log",
            ["position", "entry_id", "stamp"],
            work.Leaving.Concat(coming.Select(entry => entry.Id))
                .Select((id, i) => new object[] { head.Position + 1 + i, id, stamps[i] }),
            cancellationToken);
        head.Position += changes;
        await db.SaveChangesAsync(cancellationToken);
        await WithdrawAsync(db, work, [.. withdrawing.Select(row => row.Id)], cancellationToken);

        // Last: whoever reports on these entries waits for this transaction, which from here on waits for nobody.
        await dialect.DeleteOutcomesAsync(db, work.Leaving, cancellationToken);
        await dialect.NotifyAsync(db, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        if (work.Leaving.Count > 0)
        {
            retention.EraseSoon();
        }

        bell.Ring();
        return (work.OutboxIds.Count, changes);
    }

    // Withdrawals are published at once. A case is out of the feed when all that people left in the outbox is done;
    // what long lists brought is none of a withdrawal's.
    private async Task WithdrawAsync(
        HashMatchDb db, Work work, List<long> withdrawing, CancellationToken cancellationToken)
    {
        bool isEnd = withdrawing.Count > 0
            && (work.OutboxIds.Count < RowsPerTransaction || work.OutboxIds[^1] >= OutboxRow.FirstOfBulk);
        if (work.LeavingFeed.Count > 0 || isEnd)
        {
            long position = await feed.WithdrawAsync(db, work.LeavingFeed, isEnd, cancellationToken);
            if (isEnd)
            {
                await db.Cases
                    .Where(row => EF.Parameter(withdrawing).Contains(row.Id))
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(found => found.WithdrawnPosition, position), cancellationToken);
            }
        }
    }

    private static Task<bool> IsAnyWithdrawingAsync(HashMatchDb db, CancellationToken cancellationToken) => db.Cases
        .AnyAsync(row => row.State == CaseState.Withdrawn && row.WithdrawnPosition == null, cancellationToken);

    // Reads some of the outbox, and for each hash whether it is listed and whether somebody holds it: all as of one
    // moment, after which whatever changes comes to the outbox anew.
    private static async Task<Work> ReadOutboxAsync(
        HashMatchDb db, long lastId, CancellationToken cancellationToken)
    {
        var work = new Work([], [], [], []);
        var seen = new HashSet<Hash256>();
        await using DbCommand command = db.Command(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT o.id, o.hash, e.id, e.feed_position,
                CASE WHEN EXISTS (SELECT 1 FROM fingerprints f WHERE f.hash = o.hash) THEN 1 ELSE 0 END
            FROM outbox o LEFT JOIN entries e ON e.hash = o.hash
            WHERE o.id <= {lastId}
            ORDER BY o.id
            LIMIT {RowsPerTransaction}
            """));
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            work.OutboxIds.Add(rows.GetInt64(0));
            var hash = new Hash256(rows.GetFieldValue<byte[]>(1));
            bool held = rows.GetInt32(4) == 1;
            bool listed = !rows.IsDBNull(2);
            if (!seen.Add(hash))
            {
                continue;
            }

            if (held && !listed)
            {
                work.Coming.Add(hash);
            }
            else if (listed && !held)
            {
                work.Leaving.Add(rows.GetInt64(2));
                if (!rows.IsDBNull(3))
                {
                    work.LeavingFeed.Add(rows.GetInt64(3));
                }
            }
        }

        return work;
    }

    // After a failure only a write that reached the disk tells that storage works again; the outbox may be empty.
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (health.StorageWorks)
        {
            return;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.LogHeads.ExecuteUpdateAsync(
            row => row.SetProperty(head => head.Position, head => head.Position), cancellationToken);
        health.StorageWorks = true;
    }

    private readonly record struct Work(
        List<long> OutboxIds, List<Hash256> Coming, List<long> Leaving, List<long> LeavingFeed);
}
