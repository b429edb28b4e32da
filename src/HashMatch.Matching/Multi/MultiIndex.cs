using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Multi;

/// <summary>An exact index over rows that do not change: all rows within a distance of a query, each once.</summary>
/// <remarks>
/// <para>
/// A hash is cut into 16 parts of 16 bits, which lie on a ring. Each part has a share of the distance plus one: its own
/// distance counts as small if it is less than the share. If two hashes are within the distance, there is a part from
/// which on, going round, the distances of the parts add up to less than their shares at every step (Qin and Xiao's
/// pigeonring, of the cycle lemma). So for one part at least its own distance is small and so is that of it and the
/// next one together. The first is what the buckets of a part's table give; the second is asked of the 15 check bits in
/// each posting, which let one of some hundred pass, before any row is read.
/// </para>
/// <para>Any number of threads may search at once. The rows are the caller's and must outlive the index.</para>
/// </remarks>
internal sealed unsafe class MultiIndex : IDisposable
{
    /// <summary>The greatest distance that can be searched for.</summary>
    public const int MaxDistance = (Parts * (Ball.MaxRadius + 1)) - 1;

    /// <summary>The parts of a hash.</summary>
    public const int Parts = 16;

    // A kernel reads a whole vector wherever a check word is.
    private const int Overrun = 128;

    private readonly HashRows _rows;
    private readonly NativeBlock _block;

    // Pinned for good, so that a search may go by pointer.
    private readonly PartTable[] _tables = GC.AllocateArray<PartTable>(Parts, pinned: true);

    private MultiIndex(HashRows rows)
    {
        _rows = rows;
        int blockWords = (BlocksOf(rows.Count) + 15) / 16;
        nuint heads = WholeLines((PartTable.Buckets + 1) * sizeof(uint));
        nuint lows = WholeLines((nuint)rows.Count * sizeof(ushort));
        nuint words = WholeLines(((nuint)rows.Count + (PartTable.Buckets * (nuint)blockWords)) * sizeof(ushort));
        _block = new NativeBlock((Parts * (heads + words + lows)) + Overrun);
        byte* at = _block.Pointer;
        for (nuint part = 0; part < Parts; part++)
        {
            _tables[part] = new PartTable
            {
                Heads = (uint*)(at + (part * heads)),
                Words = (ushort*)(at + (Parts * heads) + (part * words)),
                BlockWords = blockWords,
                Lows = (ushort*)(at + (Parts * (heads + words)) + (part * lows)),
            };
        }
    }

    /// <summary>The bytes of memory taken, without those of the rows.</summary>
    public long Bytes => (long)_block.Length;

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>The first row.</summary>
    public Hash256* Rows => _rows.Pointer;

    /// <summary>The table of the first part.</summary>
    public PartTable* Tables => (PartTable*)Marshal.UnsafeAddrOfPinnedArrayElement(_tables, 0);

    /// <summary>Makes the index of some rows.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left behind.</exception>
    public static MultiIndex Build(HashRows rows, CancellationToken cancellationToken = default)
    {
        var index = new MultiIndex(rows);
        try
        {
            PartTableBuilder.Fill(index, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            index.Dispose();
            throw;
        }

        return index;
    }

    /// <summary>The share of a part in a distance: all shares together are one more than the distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Share(int maxDistance, int part) => (maxDistance + Parts - part) / Parts;

    /// <summary>Adds all rows within a distance of a query, each once.</summary>
    /// <param name="query">The query.</param>
    /// <param name="maxDistance">From 0 to <see cref="MaxDistance"/>.</param>
    /// <param name="hits">What they are added to.</param>
    public void Search(in Hash256 query, int maxDistance, ref RowHits hits) =>
        Search(new ReadOnlySpan<Hash256>(in query), maxDistance, ref hits);

    /// <summary>Adds all rows within a distance of any of several queries, each once for each query.</summary>
    /// <param name="queries">The queries, any number of them.</param>
    /// <param name="maxDistance">From 0 to <see cref="MaxDistance"/>.</param>
    /// <param name="hits">What they are added to.</param>
    [SkipLocalsInit]
    public void Search(ReadOnlySpan<Hash256> queries, int maxDistance, ref RowHits hits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDistance, MaxDistance);

        Run* runs = stackalloc Run[MultiSearch.MaxRuns];
        Candidate* candidates = stackalloc Candidate[MultiSearch.MaxCandidates];
        int* rows = stackalloc int[MultiSearch.MaxCandidates];
        long* work = stackalloc long[MultiSearch.MaxQueries];
        fixed (Hash256* first = queries)
        {
            for (int start = 0; start < queries.Length; start += MultiSearch.MaxQueries)
            {
                int count = Math.Min(queries.Length - start, MultiSearch.MaxQueries);
                new MultiSearch(this, first, start, count, maxDistance, runs, candidates, rows, work).Run(ref hits);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _block.Dispose();

    /// <summary>How many blocks of rows there are.</summary>
    public static int BlocksOf(int count) => (int)(((long)count + PartTable.BlockRows - 1) / PartTable.BlockRows);

    private static nuint WholeLines(nuint bytes) => (bytes + 63) & ~(nuint)63;
}
