using System.Numerics;
using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Live;

/// <summary>Searches the entries that no segment has.</summary>
internal static unsafe class LiveScan
{
    // So many queries go over a block while its planes are in the first-level cache.
    private const int MostAtOnce = 128;

    public static void Search(Snapshot snapshot, ReadOnlySpan<Hash256> queries, int maxDistance, in MatchSink sink)
    {
        SearchTail(snapshot, queries, maxDistance, sink);
        if (maxDistance > ScanPlan.MaxDistance)
        {
            SearchRows(snapshot, queries, maxDistance, sink);
            return;
        }

        int prefix = ScanPlan.PrefixFor(maxDistance);
        PlaneQuery* prepared = stackalloc PlaneQuery[Math.Min(queries.Length, MostAtOnce)];
        for (int first = 0; first < queries.Length && snapshot.BlockCount > 0; first += MostAtOnce)
        {
            ReadOnlySpan<Hash256> some = queries.Slice(first, Math.Min(queries.Length - first, MostAtOnce));
            for (int i = 0; i < some.Length; i++)
            {
                prepared[i].Set(some[i], ScanPlan.PrefixAt(prefix), maxDistance);
            }

            SearchPlanes(snapshot, some, first, prepared, prefix, maxDistance, sink);
        }
    }

    private static void SearchPlanes(
        Snapshot snapshot,
        ReadOnlySpan<Hash256> queries,
        int first,
        PlaneQuery* prepared,
        int prefix,
        int maxDistance,
        in MatchSink sink)
    {
        Hash256* rows = snapshot.State.Store.Rows.Pointer;
        ulong* near = stackalloc ulong[PlaneBlock.WordsPerPlane];
        foreach (LiveBlock block in snapshot.Blocks.AsSpan(0, snapshot.BlockCount))
        {
            for (int i = 0; i < queries.Length; i++)
            {
                if (!BitSlicedScan.Find(block.Planes, block.Counts(prefix), prepared + i, near))
                {
                    continue;
                }

                for (int word = 0; word < PlaneBlock.WordsPerPlane; word++)
                {
                    for (ulong left = near[word]; left != 0; left &= left - 1)
                    {
                        uint slot = block.Slots[PlaneBlock.RowAt(word, BitOperations.TrailingZeroCount(left))];
                        int distance = rows[slot].DistanceTo(queries[i]);
                        if (distance <= maxDistance)
                        {
                            sink.Add(first + i, slot, distance);
                        }
                    }
                }
            }
        }
    }

    private static void SearchRows(
        Snapshot snapshot, ReadOnlySpan<Hash256> queries, int maxDistance, in MatchSink sink)
    {
        Hash256* rows = snapshot.State.Store.Rows.Pointer;
        foreach (LiveBlock block in snapshot.Blocks.AsSpan(0, snapshot.BlockCount))
        {
            for (int i = 0; i < queries.Length; i++)
            {
                Hash256 query = queries[i];
                foreach (uint slot in block.Slots)
                {
                    int distance = rows[slot].DistanceTo(query);
                    if (distance <= maxDistance)
                    {
                        sink.Add(i, slot, distance);
                    }
                }
            }
        }
    }

    private static void SearchTail(
        Snapshot snapshot, ReadOnlySpan<Hash256> queries, int maxDistance, in MatchSink sink)
    {
        LiveTail tail = snapshot.Tail;
        int count = snapshot.TailCount;
        fixed (Hash256* rows = tail.Rows)
        {
            for (int i = 0; i < queries.Length; i++)
            {
                Hash256 query = queries[i];
                for (int start = 0; start < count; start += RowScan.Rows)
                {
                    ulong left = RowScan.Find(rows + start, query, maxDistance);
                    left &= count - start < RowScan.Rows ? (1UL << (count - start)) - 1 : ulong.MaxValue;
                    for (; left != 0; left &= left - 1)
                    {
                        int row = start + BitOperations.TrailingZeroCount(left);
                        sink.Add(i, tail.Slots[row], rows[row].DistanceTo(query));
                    }
                }
            }
        }
    }
}
