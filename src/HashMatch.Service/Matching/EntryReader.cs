using System.Data.Common;
using HashMatch.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Matching;

/// <summary>Reads all entries of the database into an index.</summary>
internal static class EntryReader
{
    private const int BatchLength = 65_536;

    /// <summary>Reads the entries as they are at one moment.</summary>
    public static async Task<HashIndex> ReadAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = db.Command("SELECT id, hash FROM entries");

        // A long list takes longer than a command usually may; but a connection that is dead must end some time.
        command.CommandTimeout = 600;

        // Read synchronously, as SQLite does anyhow; EF's tracking would cost several times the reading itself, and
        // GetBytes opens a stream for each row. One thread reads a batch while another indexes the one before.
        using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        var index = new HashIndex();
        var batch = new Batch();
        var next = new Batch();
        Task indexing = Task.CompletedTask;
        while (batch.Read(rows) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await indexing;
            Batch full = batch;
            indexing = Task.Run(() => full.AddTo(index), cancellationToken);
            (batch, next) = (next, batch);
        }

        await indexing;
        return index;
    }

    private sealed class Batch
    {
        private readonly ulong[] _ids = new ulong[BatchLength];
        private readonly Hash256[] _hashes = new Hash256[BatchLength];
        private int _count;

        public int Read(DbDataReader rows)
        {
            _count = 0;
            while (_count < BatchLength && rows.Read())
            {
                _ids[_count] = (ulong)rows.GetInt64(0);
                _hashes[_count] = new Hash256(rows.GetFieldValue<byte[]>(1));
                _count++;
            }

            return _count;
        }

        public void AddTo(HashIndex index) => index.AddRange(_hashes.AsSpan(0, _count), _ids.AsSpan(0, _count));
    }
}
