using System.Data.Common;
using System.Diagnostics;
using HashMatch.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Matching;

/// <summary>The registered hashes in memory, searched by the match API; always what the entries table holds.</summary>
public sealed class HashList(IDbContextFactory<HashMatchDb> databases, ILogger<HashList> logger)
{
    private const int LoadBatch = 65_536;

    private readonly HashIndex _index = new();

    /// <summary>How many entries are listed.</summary>
    public int Count => _index.Count;

    /// <summary>Reads all entries from storage. Called once, before the service answers.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT id, hash FROM entries";

        // SQLite reads synchronously; EF's tracking would cost several times the reading itself, and GetBytes opens a
        // stream for each row.
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
                _index.AddRange(hashes, ids);
                count = 0;
            }
        }

        _index.AddRange(hashes.AsSpan(0, count), ids.AsSpan(0, count));
        logger.ListLoaded(_index.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Puts entries on the list, as the sequencer committed them.</summary>
    public void Add(IReadOnlyList<Entry> entries)
    {
        foreach (Entry entry in entries)
        {
            _index.Add(entry.Hash, (ulong)entry.Id);
        }
    }

    /// <summary>Takes entries off the list: a search that starts after this returns does not find them.</summary>
    public void Remove(IReadOnlyList<long> ids)
    {
        foreach (long id in ids)
        {
            _index.Remove((ulong)id);
        }
    }

    /// <summary>Finds every entry within a distance of each query.</summary>
    public void Search(ReadOnlySpan<Hash256> queries, int maxDistance, List<BatchMatch> matches) =>
        _index.Search(queries, maxDistance, matches);
}
