using HashMatch.Matching.Kernels;

namespace HashMatch.Matching;

/// <summary>Finds every entry within a Hamming distance of a hash, exactly, while entries come and go.</summary>
/// <remarks>
/// <para>
/// All members may be called from any number of threads at once. A search works on the entries as they were at one
/// moment after it was called: it neither waits for writers nor for other searches, nor do they wait for it.
/// </para>
/// <para>An entry is known by its id. Several entries may have the same hash.</para>
/// </remarks>
public sealed class HashIndex
{
    // Beyond it a dictionary is asked for no more room than it needs.
    private const int MaxCapacity = 1_000_000_000;

    private readonly Lock _writing = new();

    // Guarded by _writing: the row of every entry.
    private readonly Dictionary<ulong, int> _rows;

    // What searches see, replaced as a whole. No row below a published count is ever written again: adding writes
    // behind the count, removing works on copies. So a search needs no lock, and no writer waits for a long search.
    private volatile Snapshot _snapshot;

    /// <summary>Makes an index without entries.</summary>
    public HashIndex()
        : this([], new Snapshot([], 0))
    {
    }

    private HashIndex(Dictionary<ulong, int> rows, Snapshot snapshot)
    {
        _rows = rows;
        _snapshot = snapshot;
    }

    /// <summary>The number of entries.</summary>
    public int Count => _snapshot.Count;

    /// <summary>Adds an entry, which every search that begins after this returns can find.</summary>
    /// <param name="hash">The hash; another entry may have the same.</param>
    /// <param name="id">The id, of the caller's choice.</param>
    /// <returns>False, and nothing is changed, if there is an entry of that id already, whatever its hash.</returns>
    public bool Add(Hash256 hash, ulong id) => AddRange([hash], [id]) == 1;

    /// <summary>Adds entries, all of which become visible to searches at the same moment.</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="ids">As many ids, each that of the hash at its position.</param>
    /// <returns>
    /// How many were added: those whose id was there already, or earlier in the range, are passed over.
    /// </returns>
    /// <exception cref="ArgumentException">There are not as many ids as hashes.</exception>
    public int AddRange(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<ulong> ids)
    {
        if (hashes.Length != ids.Length)
        {
            throw new ArgumentException("There must be one id for each hash.", nameof(ids));
        }

        lock (_writing)
        {
            // Whatever may run out of memory comes before the first change.
            (RowBlock[] blocks, int count) = _snapshot;
            blocks = WithRoom(blocks, count, hashes.Length);
            if (count + hashes.Length > _rows.Capacity)
            {
                // Twice what there is, as asking for a little more each time would copy everything each time.
                _rows.EnsureCapacity(Math.Max(count + hashes.Length, (int)Math.Min(2L * count, MaxCapacity)));
            }

            int before = count;
            for (int i = 0; i < hashes.Length; i++)
            {
                if (_rows.TryAdd(ids[i], count))
                {
                    blocks[count / RowBlock.Capacity].Write(count % RowBlock.Capacity, hashes[i], ids[i]);
                    count++;
                }
            }

            if (count > before)
            {
                _snapshot = new Snapshot(blocks, count);
            }

            return count - before;
        }
    }

    /// <summary>Removes an entry, which no search that begins after this returns will find.</summary>
    /// <param name="id">The id that it was added under.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ulong id)
    {
        lock (_writing)
        {
            if (!_rows.TryGetValue(id, out int row))
            {
                return false;
            }

            (RowBlock[] old, int count) = _snapshot;
            int last = count - 1;
            int hole = row / RowBlock.Capacity;
            int tail = last / RowBlock.Capacity;

            // The last row moves into the hole. The last block is copied even if the hole is elsewhere, since the next
            // entry will be written over a row that running searches may still read.
            RowBlock[] blocks = old[..(tail + 1)];
            blocks[tail] = blocks[tail].Clone();
            ulong moved = blocks[tail].GetId(last % RowBlock.Capacity);
            if (row != last)
            {
                blocks[hole] = hole == tail ? blocks[tail] : blocks[hole].Clone();
                blocks[hole].Write(
                    row % RowBlock.Capacity,
                    blocks[tail].GetHash(last % RowBlock.Capacity),
                    moved);
                _rows[moved] = row;
            }

            _rows.Remove(id);
            _snapshot = new Snapshot(blocks, last);
            return true;
        }
    }

    /// <summary>Tells whether there is an entry of an id.</summary>
    /// <param name="id">The id.</param>
    public bool Contains(ulong id)
    {
        lock (_writing)
        {
            return _rows.ContainsKey(id);
        }
    }

    /// <summary>Finds every entry within a distance of a hash.</summary>
    /// <param name="query">The hash to look for.</param>
    /// <param name="maxDistance">The greatest distance that counts: 0 finds equal hashes only, 256 finds all.</param>
    /// <param name="matches">
    /// What the matches are appended to, in no particular order. A list that is used again costs no allocation.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is not from 0 to 256.</exception>
    public void Search(Hash256 query, int maxDistance, List<IndexMatch> matches)
    {
        CheckDistance(maxDistance);
        ArgumentNullException.ThrowIfNull(matches);

        (RowBlock[] blocks, int count) = _snapshot;
        Span<int> rows = stackalloc int[RowBlock.Capacity];
        for (int start = 0; start < count; start += RowBlock.Capacity)
        {
            RowBlock block = blocks[start / RowBlock.Capacity];
            int length = Math.Min(count - start, RowBlock.Capacity);
            int found = RangeScan.Find(block.Words, length, query, maxDistance, rows);
            foreach (int row in rows[..found])
            {
                matches.Add(new IndexMatch(block.GetId(row), query.DistanceTo(block.GetHash(row))));
            }
        }
    }

    /// <summary>Finds every entry within a distance of any of several hashes, all at the same moment.</summary>
    /// <param name="queries">The hashes to look for. The same one twice is answered twice.</param>
    /// <param name="maxDistance">The greatest distance that counts: 0 finds equal hashes only, 256 finds all.</param>
    /// <param name="matches">
    /// What the matches are appended to, in no particular order. A list that is used again costs no allocation.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is not from 0 to 256.</exception>
    public void Search(ReadOnlySpan<Hash256> queries, int maxDistance, List<BatchMatch> matches)
    {
        CheckDistance(maxDistance);
        ArgumentNullException.ThrowIfNull(matches);

        (RowBlock[] blocks, int count) = _snapshot;
        Span<int> rows = stackalloc int[RowBlock.Capacity];
        for (int start = 0; start < count; start += RowBlock.Capacity)
        {
            // All queries go over one block before the next block, so that it is read from memory once.
            RowBlock block = blocks[start / RowBlock.Capacity];
            int length = Math.Min(count - start, RowBlock.Capacity);
            for (int i = 0; i < queries.Length; i++)
            {
                int found = RangeScan.Find(block.Words, length, queries[i], maxDistance, rows);
                foreach (int row in rows[..found])
                {
                    matches.Add(new BatchMatch(i, block.GetId(row), queries[i].DistanceTo(block.GetHash(row))));
                }
            }
        }
    }

    /// <summary>Reads an index from a file that <see cref="SaveAsync"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The index and the label, once the digest of the whole file was found to be right.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is not whole, not unchanged, or not such a file. Nothing of it is used, and no more memory was asked
    /// for than a good file of its length takes.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<SavedIndex> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        IndexFileContent content = await IndexFileReader.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return new SavedIndex(
            new HashIndex(content.Rows, new Snapshot(content.Blocks, content.Count)), content.Label);
    }

    /// <summary>Writes the entries as they are at the call to a file, while others may go on changing them.</summary>
    /// <param name="path">
    /// The file, in a folder that is there. It is replaced whole, on the disk, or not at all; only its owner may read
    /// it. What is written meanwhile stands beside it, as <c>PATH.&lt;32 digits&gt;.draft</c>; what a crash left of
    /// such drafts is deleted.
    /// </param>
    /// <param name="label">
    /// What the caller wants to find again with the entries, say, which moment they are of: at most
    /// <see cref="SavedIndex.MaxLabelLength"/> bytes. It is not secret from who can read the file.
    /// </param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    /// <exception cref="ArgumentException"><paramref name="label"/> is too long.</exception>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public Task SaveAsync(string path, ReadOnlySpan<byte> label, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (label.Length > SavedIndex.MaxLabelLength)
        {
            throw new ArgumentException("A label has 4096 bytes at most.", nameof(label));
        }

        // Taken here, so that the caller knows which moment it is.
        (RowBlock[] blocks, int count) = _snapshot;
        byte[] copy = label.ToArray();
        return Task.Run(
            () => IndexFileWriter.Write(path, copy, blocks, count, cancellationToken), cancellationToken);
    }

    // The blocks with room for more rows. Running searches may share the array: they read no slot behind their count.
    private static RowBlock[] WithRoom(RowBlock[] blocks, int count, int more)
    {
        int used = BlocksFor(count);
        int needed = BlocksFor(checked(count + more));
        if (needed > blocks.Length)
        {
            Array.Resize(ref blocks, Math.Max(needed, 2 * blocks.Length));
        }

        for (int i = used; i < needed; i++)
        {
            blocks[i] ??= new RowBlock();
        }

        return blocks;
    }

    private static int BlocksFor(int rows) => (int)(((long)rows + RowBlock.Capacity - 1) / RowBlock.Capacity);

    private static void CheckDistance(int maxDistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDistance, Hash256.BitCount);
    }

    private sealed record Snapshot(RowBlock[] Blocks, int Count);
}
