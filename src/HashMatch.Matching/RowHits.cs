using System.Buffers;
using System.Runtime.CompilerServices;

namespace HashMatch.Matching;

/// <summary>What a search found, in rented memory that grows as needed and serves for many searches.</summary>
/// <remarks>The default value holds nothing and may be added to. It is given back by <see cref="Dispose"/>.</remarks>
internal struct RowHits : IDisposable
{
    private const int FirstCapacity = 64;

    private RowHit[]? _hits;
    private int _count;

    /// <summary>How many there are.</summary>
    public readonly int Count => _count;

    /// <summary>All hits, in no particular order, until the next one is added.</summary>
    public readonly ReadOnlySpan<RowHit> Span => new(_hits, 0, _count);

    /// <summary>Adds a hit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int query, int row, int distance)
    {
        RowHit[]? hits = _hits;
        int count = _count;
        if (hits is null || (uint)count >= (uint)hits.Length)
        {
            hits = Grow();
        }

        hits[count] = new RowHit(query, row, distance);
        _count = count + 1;
    }

    /// <summary>Takes away, of the hits from a place on, those of some queries.</summary>
    /// <param name="from">The place.</param>
    /// <param name="firstQuery">The lowest number that a query of these hits may have.</param>
    /// <param name="marked">For each number from there on, whether its hits go.</param>
    public void RemoveQueries(int from, int firstQuery, ReadOnlySpan<bool> marked)
    {
        int kept = from;
        for (int i = from; i < _count; i++)
        {
            RowHit hit = _hits![i];
            if (!marked[hit.Query - firstQuery])
            {
                _hits[kept++] = hit;
            }
        }

        _count = kept;
    }

    /// <summary>Forgets all hits and keeps the memory.</summary>
    public void Clear() => _count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_hits is not null)
        {
            ArrayPool<RowHit>.Shared.Return(_hits);
            _hits = null;
        }

        _count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RowHit[] Grow()
    {
        RowHit[] larger = ArrayPool<RowHit>.Shared.Rent(Math.Max(FirstCapacity, 2 * _count));
        Span.CopyTo(larger);
        if (_hits is not null)
        {
            ArrayPool<RowHit>.Shared.Return(_hits);
        }

        _hits = larger;
        return larger;
    }
}
