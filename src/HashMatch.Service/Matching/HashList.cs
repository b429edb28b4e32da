using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using HashMatch.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Matching;

/// <summary>The registered hashes in memory, searched by the match API; follows the log of all changes.</summary>
/// <remarks>
/// A position of the log says only which entry came or went; whether it came or went is told by whether it is there
/// when it is read. So it is safe to read a position twice, or after later ones.
/// </remarks>
public sealed class HashList(IDbContextFactory<HashMatchDb> databases, ILogger<HashList> logger) : IDisposable
{
    private const int LoadBatch = 65_536;
    private const int RowsPerRead = 10_000;

    private readonly SemaphoreSlim _following = new(1, 1);
    private volatile HashIndex _index = new();

    // The last row of the log that the index has, and which row of that position it was.
    private long _position;
    private long _stamp;

    /// <summary>How many entries are listed.</summary>
    public int Count => _index.Count;

    /// <summary>The position in the log up to which the list is known to have all changes.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Reads all entries from storage. Called once, before the service answers.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            await ReloadAsync(cancellationToken);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Brings the list up to the log's end as it is at the call.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            // One more from the very beginning, where there is no row that was read before.
            while (await FollowSomeAsync(cancellationToken) >= RowsPerRead)
            {
            }
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Finds every entry within a distance of each query.</summary>
    public void Search(ReadOnlySpan<Hash256> queries, int maxDistance, List<BatchMatch> matches) =>
        _index.Search(queries, maxDistance, matches);

    public void Dispose() => _following.Dispose();

    private async Task<int> FollowSomeAsync(CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT l.position, l.stamp, l.entry_id, e.hash
            FROM log l LEFT JOIN entries e ON e.id = l.entry_id
            WHERE l.position >= {_position}
            ORDER BY l.position
            LIMIT {RowsPerRead + 1}
            """);
        var changes = new List<(ulong Id, Hash256? Hash)>();
        (long position, long stamp) = (_position, _stamp);
        bool known = position == 0;
        await using (DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                if (!known)
                {
                    // The row that was read last must still be there, and be the same.
                    known = rows.GetInt64(0) == position && rows.GetInt64(1) == stamp;
                    if (!known)
                    {
                        break;
                    }

                    continue;
                }

                position = rows.GetInt64(0);
                stamp = rows.GetInt64(1);
                changes.Add((
                    (ulong)rows.GetInt64(2),
                    rows.IsDBNull(3) ? null : new Hash256(rows.GetFieldValue<byte[]>(3))));
            }
        }

        if (!known)
        {
            logger.ListRewound();
            await ReloadAsync(cancellationToken);
            return 0;
        }

        Apply(changes);
        _stamp = stamp;
        Volatile.Write(ref _position, position);
        return changes.Count;
    }

    private void Apply(List<(ulong Id, Hash256? Hash)> changes)
    {
        HashIndex index = _index;
        foreach ((ulong id, Hash256? hash) in changes)
        {
            if (hash is Hash256 there)
            {
                index.Add(there, id);
            }
            else
            {
                index.Remove(id);
            }
        }
    }

    // The position is read before the entries: what changes meanwhile is followed once more from there.
    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        LogRow? last = await db.Log.AsNoTracking()
            .OrderByDescending(row => row.Position)
            .FirstOrDefaultAsync(cancellationToken);
        var index = new HashIndex();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT id, hash FROM entries";

        // Read synchronously, as SQLite does anyhow; EF's tracking would cost several times the reading itself, and
        // GetBytes opens a stream for each row.
        using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new ulong[LoadBatch];
        var hashes = new Hash256[LoadBatch];
        int count = 0;
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids[count] = (ulong)rows.GetInt64(0);
            hashes[count] = new Hash256(rows.GetFieldValue<byte[]>(1));
            if (++count == LoadBatch)
            {
                index.AddRange(hashes, ids);
                count = 0;
            }
        }

        index.AddRange(hashes.AsSpan(0, count), ids.AsSpan(0, count));
        _index = index;
        _stamp = last?.Stamp ?? 0;
        Volatile.Write(ref _position, last?.Position ?? 0);
        logger.ListLoaded(index.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
