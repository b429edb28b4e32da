using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using HashMatch.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Matching;

/// <summary>The registered hashes in memory, searched by the match API; follows the log of all changes.</summary>
/// <remarks>
/// A position of the log says only which entry came or went; whether it came or went is told by whether it is there
/// when it is read. So it is safe to read a position twice, or after later ones.
/// So the entries of a snapshot file, which are exactly those of one position, need nothing but what follows it.
/// </remarks>
public sealed class HashList(
    IDbContextFactory<HashMatchDb> databases,
    SqlDialect dialect,
    ListSnapshot snapshot,
    ILogger<HashList> logger) : IDisposable
{
    private const int RowsPerRead = 10_000;

    // Following a change costs some ten times what reading an entry does.
    private const int EntriesPerChange = 10;

    private readonly SemaphoreSlim _following = new(1, 1);
    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile HashIndex _index = new();

    // The last row of the log that the index has, and which row of that position it was.
    private long _position;
    private long _stamp;

    // Between the log's pages entries may be newer than the position. If the database were another one before the next
    // page, put back to shortly after the position, nothing would tell that they are of what is no more.
    private bool _isMidway;
    private long _toldFailures;

    // How many entries have left the list, or may have; and what of all this the file in the data folder knows.
    private long _removals;
    private Saved? _saved;

    /// <summary>How many entries are listed.</summary>
    public int Count => _index.Count;

    /// <summary>The position in the log up to which the list is known to have all changes.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Whether the snapshot file has all that the list has.</summary>
    public bool IsSaved =>
        Volatile.Read(ref _saved) is Saved saved && saved.Place.Position == Position && !FileHoldsRemoved;

    /// <summary>Whether there may be entries in the snapshot file that have left the list.</summary>
    public bool FileHoldsRemoved => Volatile.Read(ref _saved)?.Removals != Volatile.Read(ref _removals);

    private LogPlace Place => new(_position, _stamp);

    /// <summary>
    /// Reads all entries from the snapshot file or else from the database. Called once, before the service answers.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            if (await WhyNotFromFileAsync(cancellationToken) is string reason)
            {
                logger.SnapshotUnused(reason);
                await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
                await ReloadAsync(db, cancellationToken);
            }

            await FollowToEndAsync(cancellationToken);
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
            await FollowToEndAsync(cancellationToken);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Writes the snapshot file, while the list goes on following.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            Saved saved;
            Task writing;
            await _following.WaitAsync(cancellationToken);
            try
            {
                // In the middle of the log entries may be newer than the position. At its end, which one query gives
                // together with the entries, they are just what belongs there, so that the file is right for every
                // history of the database that has this row: also one that was put back to shortly after it.
                await FollowToEndAsync(cancellationToken);
                saved = new Saved(Place, _removals);
                writing = snapshot.WriteAsync(_index, saved.Place, cancellationToken);
            }
            finally
            {
                _following.Release();
            }

            await writing;
            Volatile.Write(ref _saved, saved);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Finds every entry within a distance of each query.</summary>
    public void Search(ReadOnlySpan<Hash256> queries, int maxDistance, List<BatchMatch> matches) =>
        _index.Search(queries, maxDistance, matches);

    public void Dispose()
    {
        _following.Dispose();
        _saving.Dispose();
    }

    // Gives null if it could, else the reason in words.
    private async Task<string?> WhyNotFromFileAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        (HashIndex? index, LogPlace place, string reason) = await snapshot.ReadAsync(cancellationToken);
        if (index is null)
        {
            return reason;
        }

        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        if (place.Position == 0
            ? index.Count > 0
            : !await db.Log.AnyAsync(
                row => row.Position == place.Position && row.Stamp == place.Stamp, cancellationToken))
        {
            return "the snapshot file is of another database, or of what this one was before it was put back";
        }

        long end = await db.Log.MaxAsync(row => (long?)row.Position, cancellationToken) ?? 0;
        if (end - place.Position > RowsPerRead + (index.Count / EntriesPerChange))
        {
            return "the snapshot file is too far behind";
        }

        _index = index;
        _stamp = place.Stamp;
        Volatile.Write(ref _position, place.Position);
        Volatile.Write(ref _saved, new Saved(place, _removals));
        logger.ListLoadedFromFile(index.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return null;
    }

    // Over one connection, and once begun not given up: who stops midway must read everything anew.
    private async Task FollowToEndAsync(CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (_isMidway)
        {
            await ReloadAsync(db, cancellationToken);
        }

        while (!await FollowSomeAsync(db, _isMidway ? CancellationToken.None : cancellationToken))
        {
        }

        long failures = _index.IndexingFailures;
        if (failures > _toldFailures)
        {
            logger.IndexingPutOff(failures);
        }

        _toldFailures = failures;
    }

    // Tells whether that was all there is.
    private async Task<bool> FollowSomeAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await using DbCommand command = db.Command(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT l.position, l.stamp, l.entry_id, e.hash
            FROM log l LEFT JOIN entries e ON e.id = l.entry_id
            WHERE l.position >= {_position}
            ORDER BY l.position
            LIMIT {RowsPerRead + 1}
            """));
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
            await ReloadAsync(db, cancellationToken);
            return false;
        }

        Apply(changes);
        _stamp = stamp;
        Volatile.Write(ref _position, position);
        _isMidway = changes.Count >= RowsPerRead;
        return !_isMidway;
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
            else if (index.Remove(id))
            {
                Volatile.Write(ref _removals, _removals + 1);
            }
        }
    }

    // The position and the entries as they are at one moment.
    private async Task ReloadAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await using IDbContextTransaction moment = await dialect.BeginReadAsync(db, cancellationToken);
        LogRow? last = await db.Log.AsNoTracking()
            .OrderByDescending(row => row.Position)
            .FirstOrDefaultAsync(cancellationToken);
        HashIndex index = await EntryReader.ReadAsync(db, cancellationToken);
        _index = index;
        _stamp = last?.Stamp ?? 0;
        Volatile.Write(ref _position, last?.Position ?? 0);
        _isMidway = false;
        Volatile.Write(ref _removals, _removals + 1);
        logger.ListLoaded(index.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private sealed record Saved(LogPlace Place, long Removals);
}
