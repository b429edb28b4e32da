using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Multi;

/// <summary>An exact index over rows that do not change: all rows within a distance of a query, each once.</summary>
/// <remarks>
/// <para>
/// A hash is cut into 16 parts of 16 bits, which lie on a ring. Each part has a share of the distance plus one: its
/// own distance is small if it is less than the share. If two hashes are within the distance, there is a part from
/// which on, going round, the distances of the parts add up to less than their shares at every step (the pigeonring of
/// Qin and Xiao, which follows from the cycle lemma). So for at least one part its own distance is small and so is that
/// of it and the next one together. The first is what the buckets of a part's table give; the second is asked of the 15
/// check bits in each posting, which let one of some two hundred pass, before any row is read.
/// </para>
/// <para>Any number of threads may search at once. The rows are the caller's.</para>
/// </remarks>
internal sealed unsafe class MultiIndex : IDisposable
{
    /// <summary>The greatest distance that can be searched for.</summary>
    public const int MaxDistance = (Parts * (Ball.MaxRadius + 1)) - 1;

    /// <summary>The parts of a hash.</summary>
    public const int Parts = 16;

    private readonly RowNumbers _numbers;

    // Pinned for good, so that a search may go by pointer: layer after layer, each with its tables by part.
    private readonly PartTable[] _tables;

    // The memory of each table, and that of the row numbers of each layer.
    private readonly SharedBlock?[] _tableBlocks;
    private readonly SharedBlock[] _numberBlocks;
    private int _disposed;

    private MultiIndex(
        RowNumbers numbers, PartTable[] tables, SharedBlock?[] tableBlocks, SharedBlock[] numberBlocks)
    {
        _numbers = numbers;
        _tables = GC.AllocateUninitializedArray<PartTable>(tables.Length, pinned: true);
        tables.CopyTo(_tables, 0);
        _tableBlocks = tableBlocks;
        _numberBlocks = numberBlocks;
        foreach (SharedBlock block in Blocks)
        {
            block.Hold();
        }
    }

    /// <summary>The number of rows.</summary>
    public int Count => _numbers.Count;

    /// <summary>The bytes of memory taken, without those of the rows.</summary>
    public long Bytes => Blocks.Sum(block => (long)block.Block.Length);

    /// <summary>The slots of all rows.</summary>
    public RowNumbers Numbers => _numbers;

    /// <summary>The tables of a part are at its place in each layer, if there.</summary>
    public PartTable* Tables => (PartTable*)Marshal.UnsafeAddrOfPinnedArrayElement(_tables, 0);

    private IEnumerable<SharedBlock> Blocks => _tableBlocks.OfType<SharedBlock>().Concat(_numberBlocks);

    /// <summary>How many sets of tables there are: one, but for the time of a merge.</summary>
    public int Layers => _tables.Length / Parts;

    /// <summary>The share of a part in a distance: all shares together are one more than the distance.</summary>
    /// <remarks>
    /// Larger and smaller shares take turns round the ring: where two large ones meet, the check bits rule out the
    /// least, so that with all large ones side by side there are up to three times as many candidates.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Share(int maxDistance, int part) =>
        (int)((uint)((maxDistance + 1) * (part + 1)) / Parts) - (int)((uint)((maxDistance + 1) * part) / Parts);

    /// <summary>Makes the index of some rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="members">For each row one bit, the lowest of each word first: whether it belongs here.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left behind.</exception>
    public static MultiIndex Build(
        HashRows rows, ReadOnlySpan<ulong> members, CancellationToken cancellationToken = default) =>
        Build(rows, members, [], static _ => { }, cancellationToken);

    /// <summary>Makes the index of the rows of several others, and hands over to it part by part.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="members">The rows of the others, or some of them.</param>
    /// <param name="replaced">The others. Each row is in one of them at most.</param>
    /// <param name="onPart">
    /// Takes an index that finds all members and stands for all others: for the parts that are done by new tables, for
    /// the rest by theirs. Once it replaced the others and they are disposed, the tables of the parts that are done are
    /// freed. Rows that are not members may still be found. It is called after each part but the last one, and whoever
    /// takes the index disposes it.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what was handed over stays good.</exception>
    public static MultiIndex Build(
        HashRows rows,
        ReadOnlySpan<ulong> members,
        ReadOnlySpan<MultiIndex> replaced,
        Action<MultiIndex> onPart,
        CancellationToken cancellationToken = default)
    {
        using var builder = new PartTableBuilder(rows, RowNumbers.Of(members, rows.Memory), cancellationToken);
        builder.Count();
        var tables = new PartTable[Parts];
        var blocks = new SharedBlock?[Parts];
        for (int part = 0; part < Parts; part++)
        {
            tables[part] = builder.Create(part, out blocks[part]);
            if (part < Parts - 1 && replaced.Length > 0)
            {
                onPart(Join(builder.Numbers, tables, blocks, part, replaced));
            }
        }

        return new MultiIndex(builder.Numbers, tables, blocks, [builder.Numbers.Block]);
    }

    // The tables up to a part from the new ones, which are the first layer, those after it from the others.
    private static MultiIndex Join(
        RowNumbers numbers,
        PartTable[] tables,
        SharedBlock?[] blocks,
        int part,
        ReadOnlySpan<MultiIndex> replaced)
    {
        var joined = new List<PartTable>(tables);
        var joinedBlocks = new List<SharedBlock?>(blocks);
        var numberBlocks = new List<SharedBlock> { numbers.Block };
        foreach (MultiIndex index in replaced)
        {
            for (int layer = 0; layer < index.Layers; layer++)
            {
                // What a merge that failed left may have layers of which nothing is needed any more.
                int first = layer * Parts;
                if (index._tableBlocks.AsSpan(first + part + 1, Parts - part - 1).ContainsAnyExcept([null]))
                {
                    for (int i = 0; i < Parts; i++)
                    {
                        joined.Add(i > part ? index._tables[first + i] : default);
                        joinedBlocks.Add(i > part ? index._tableBlocks[first + i] : null);
                    }

                    numberBlocks.Add(index._numberBlocks[layer]);
                }
            }
        }

        return new MultiIndex(numbers, [.. joined], [.. joinedBlocks], [.. numberBlocks]);
    }

    /// <summary>The expected time of a thread for one query of a batch, in microseconds.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="maxDistance">From 0 to <see cref="MaxDistance"/>.</param>
    /// <param name="batch">How many queries are asked at once.</param>
    public static double EstimateCost(int count, int maxDistance, int batch) =>
        SearchCost.Estimate(count, maxDistance, batch);

    /// <summary>Adds all rows within a distance of a query, each once.</summary>
    /// <param name="rows">The rows that it was made of, in the same slots.</param>
    /// <param name="query">The query.</param>
    /// <param name="maxDistance">From 0 to <see cref="MaxDistance"/>.</param>
    /// <param name="hits">What they are added to.</param>
    public void Search(HashRows rows, in Hash256 query, int maxDistance, ref RowHits hits) =>
        Search(rows, new ReadOnlySpan<Hash256>(in query), maxDistance, ref hits);

    /// <summary>Adds all rows within a distance of any of several queries, each once for each query.</summary>
    /// <param name="rows">The rows that it was made of, in the same slots.</param>
    /// <param name="queries">The queries, any number of them.</param>
    /// <param name="maxDistance">From 0 to <see cref="MaxDistance"/>.</param>
    /// <param name="hits">What they are added to.</param>
    [SkipLocalsInit]
    public void Search(HashRows rows, ReadOnlySpan<Hash256> queries, int maxDistance, ref RowHits hits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDistance, MaxDistance);

        Run* runs = stackalloc Run[MultiSearch.MaxRuns];
        Candidate* candidates = stackalloc Candidate[MultiSearch.MaxCandidates];
        int* slots = stackalloc int[MultiSearch.MaxCandidates];
        long* work = stackalloc long[MultiSearch.MaxQueries];
        fixed (Hash256* first = queries)
        {
            for (int start = 0; start < queries.Length; start += MultiSearch.MaxQueries)
            {
                int count = Math.Min(queries.Length - start, MultiSearch.MaxQueries);
                new MultiSearch(this, rows, first, start, count, maxDistance, runs, candidates, slots, work)
                    .Run(ref hits);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            foreach (SharedBlock block in Blocks)
            {
                block.Dispose();
            }
        }
    }
}
