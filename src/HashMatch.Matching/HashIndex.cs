using HashMatch.Matching.Files;
using HashMatch.Matching.Live;

namespace HashMatch.Matching;

/// <summary>Finds every entry within a Hamming distance of a hash, exactly, while entries come and go.</summary>
/// <remarks>
/// <para>
/// All members may be called from any number of threads at once. A search works on the entries as they were at one
/// moment after it was called: it neither waits for writers nor for other searches, nor do they wait for it.
/// </para>
/// <para>
/// An entry is known by its id. Several entries may have the same hash. Each has a label, a byte that means what the
/// caller likes, by which searches can leave entries out (<see cref="LabelFilter"/>).
/// </para>
/// <para>
/// What the entries take is memory outside the collected heap, which is given back when the index is collected. While
/// entries come and go, threads of the pool index them anew now and then.
/// </para>
/// </remarks>
public sealed class HashIndex
{
    private readonly EntryBook _book;

    /// <summary>Makes an index without entries.</summary>
    public HashIndex()
        : this(new EntryBook())
    {
    }

    /// <summary>Makes an index of entries whose memory or threads a test supplies.</summary>
    internal HashIndex(EntryBook book) => _book = book;

    /// <summary>The number of entries.</summary>
    public int Count => _book.Count;

    /// <summary>
    /// How often, since the index was made, there was no memory or no thread to index entries anew. It is tried again,
    /// ever less often and at least once a minute; until then answers are as exact as ever, but may take longer.
    /// </summary>
    public long IndexingFailures => _book.IndexingFailures;

    /// <summary>How the entries are kept, for tests and measurements.</summary>
    internal EntryBook Book => _book;

    /// <summary>Adds an entry, which every search that begins after this returns can find.</summary>
    /// <param name="hash">The hash; another entry may have the same.</param>
    /// <param name="id">The id, of the caller's choice.</param>
    /// <param name="label">The label, of the caller's choice.</param>
    /// <returns>False, and nothing is changed, if there is an entry of that id already, whatever its hash.</returns>
    /// <exception cref="OutOfMemoryException">There is no memory for it; nothing is changed.</exception>
    public bool Add(Hash256 hash, ulong id, byte label = 0) => _book.AddRange([hash], [id], [label]) == 1;

    /// <summary>Adds entries with the label 0, all of which become visible to searches at the same moment.</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="ids">As many ids, each that of the hash at its position.</param>
    /// <returns>
    /// How many were added: those whose id was there already, or earlier in the range, are passed over.
    /// </returns>
    /// <exception cref="ArgumentException">There are not as many ids as hashes.</exception>
    /// <exception cref="OutOfMemoryException">
    /// There is no memory for all: those before the one that failed are added. The same range again adds the others.
    /// </exception>
    public int AddRange(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<ulong> ids)
    {
        CheckLength(hashes.Length, ids.Length, nameof(ids));
        return _book.AddRange(hashes, ids, default);
    }

    /// <summary>Adds entries, all of which become visible to searches at the same moment.</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="ids">As many ids, each that of the hash at its position.</param>
    /// <param name="labels">As many labels, each that of the hash at its position.</param>
    /// <returns>
    /// How many were added: those whose id was there already, or earlier in the range, are passed over.
    /// </returns>
    /// <exception cref="ArgumentException">There are not as many ids, or labels, as hashes.</exception>
    /// <exception cref="OutOfMemoryException">
    /// There is no memory for all: those before the one that failed are added. The same range again adds the others.
    /// </exception>
    public int AddRange(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<ulong> ids, ReadOnlySpan<byte> labels)
    {
        CheckLength(hashes.Length, ids.Length, nameof(ids));
        CheckLength(hashes.Length, labels.Length, nameof(labels));
        return _book.AddRange(hashes, ids, labels);
    }

    /// <summary>Removes an entry, which no search that begins after this returns will find.</summary>
    /// <param name="id">The id that it was added under.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ulong id) => _book.Remove(id);

    /// <summary>Tells whether there is an entry of an id.</summary>
    /// <param name="id">The id.</param>
    public bool Contains(ulong id) => _book.Contains(id);

    /// <summary>Finds every entry within a distance of a hash.</summary>
    /// <param name="query">The hash to look for.</param>
    /// <param name="maxDistance">The greatest distance that counts: 0 finds equal hashes only, 256 finds all.</param>
    /// <param name="matches">
    /// What the matches are appended to, in no particular order. A list that is used again costs no allocation.
    /// </param>
    /// <param name="filter">Which labels count: all, if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is not from 0 to 256.</exception>
    public void Search(Hash256 query, int maxDistance, List<IndexMatch> matches, LabelFilter filter = default)
    {
        CheckDistance(maxDistance);
        ArgumentNullException.ThrowIfNull(matches);
        Snapshot snapshot = _book.Hold();
        try
        {
            SnapshotSearch.Run(snapshot, [query], maxDistance, new MatchSink(snapshot, filter, matches, null));
        }
        finally
        {
            snapshot.State.Release();
        }
    }

    /// <summary>Finds every entry within a distance of any of several hashes, all at the same moment.</summary>
    /// <param name="queries">The hashes to look for. The same one twice is answered twice.</param>
    /// <param name="maxDistance">The greatest distance that counts: 0 finds equal hashes only, 256 finds all.</param>
    /// <param name="matches">
    /// What the matches are appended to, in no particular order. A list that is used again costs no allocation.
    /// </param>
    /// <param name="filter">Which labels count: all, if it is left out.</param>
    /// <remarks>A hundred and more hashes at a time cost less each than one by one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is not from 0 to 256.</exception>
    public void Search(
        ReadOnlySpan<Hash256> queries, int maxDistance, List<BatchMatch> matches, LabelFilter filter = default)
    {
        CheckDistance(maxDistance);
        ArgumentNullException.ThrowIfNull(matches);
        Snapshot snapshot = _book.Hold();
        try
        {
            SnapshotSearch.Run(snapshot, queries, maxDistance, new MatchSink(snapshot, filter, null, matches));
        }
        finally
        {
            snapshot.State.Release();
        }
    }

    /// <summary>Reads an index from a file that <see cref="SaveAsync"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The index and the label, once the digests of the whole file were found to be right.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is not whole, not unchanged, or not such a file. Nothing of it is used, and no more memory was used
    /// than a good file of its length takes; address space for more entries is asked for where it costs nothing.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<SavedIndex> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        (EntryBook book, byte[] label) = await Task.Run(
            () => IndexFileReader.Read(path, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new SavedIndex(new HashIndex(book), label);
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
        byte[] copy = label.ToArray();
        var entries = new SavedEntries(_book);
        return Task.Run(
            () =>
            {
                using (entries)
                {
                    IndexFileWriter.Write(path, copy, entries, cancellationToken);
                }
            },
            CancellationToken.None);
    }

    private static void CheckLength(int hashes, int others, string name)
    {
        if (hashes != others)
        {
            throw new ArgumentException("There must be one for each hash.", name);
        }
    }

    private static void CheckDistance(int maxDistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDistance, Hash256.BitCount);
    }
}
