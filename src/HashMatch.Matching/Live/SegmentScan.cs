using System.Numerics;
using HashMatch.Matching.Kernels;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>Searches segments without their index, by looking at every row.</summary>
/// <remarks>
/// Planes would take as much memory as the rows. So they are made as they are needed, 512 rows at a time, which costs
/// about as much as thirty queries on them: for a batch that is little.
/// </remarks>
internal static unsafe class SegmentScan
{
    /// <summary>So many queries share the planes that are made for them.</summary>
    public const int MostAtOnce = 256;

    public static void Search(
        Snapshot snapshot,
        ReadOnlySpan<Segment> segments,
        ReadOnlySpan<Hash256> queries,
        int maxDistance,
        in MatchSink sink)
    {
        if (ScanPlan.SlicesFor(queries.Length, maxDistance))
        {
            Sliced(snapshot, segments, queries, maxDistance, sink);
        }
        else
        {
            Rows(snapshot, segments, queries, maxDistance, sink);
        }
    }

    /// <summary>Looks at all rows as planes.</summary>
    public static void Sliced(
        Snapshot snapshot,
        ReadOnlySpan<Segment> segments,
        ReadOnlySpan<Hash256> queries,
        int maxDistance,
        in MatchSink sink)
    {
        for (int first = 0; first < queries.Length; first += MostAtOnce)
        {
            ReadOnlySpan<Hash256> some = queries.Slice(first, Math.Min(queries.Length - first, MostAtOnce));
            Sliced(snapshot, segments, some, first, maxDistance, sink);
        }
    }

    /// <summary>Looks at all rows as they are.</summary>
    public static void Rows(
        Snapshot snapshot,
        ReadOnlySpan<Segment> segments,
        ReadOnlySpan<Hash256> queries,
        int maxDistance,
        in MatchSink sink)
    {
        for (int first = 0; first < queries.Length; first += MostAtOnce)
        {
            ReadOnlySpan<Hash256> some = queries.Slice(first, Math.Min(queries.Length - first, MostAtOnce));
            Rows(snapshot, segments, some, first, maxDistance, sink);
        }
    }

    private static void Sliced(
        Snapshot snapshot,
        ReadOnlySpan<Segment> segments,
        ReadOnlySpan<Hash256> queries,
        int first,
        int maxDistance,
        in MatchSink sink)
    {
        int prefix = ScanPlan.SlicedPrefixFor(maxDistance);
        var prepared = new PlaneQuery[queries.Length];
        using NativeBlock memory = snapshot.State.Store.Rows.Memory.Take(
            (nuint)PlaneBlock.WordsFor(1) * sizeof(ulong));
        ulong* planes = (ulong*)memory.Pointer;
        ulong* counts = planes + (PlaneBlock.FirstCount * PlaneBlock.WordsPerPlane);
        Hash256* rows = snapshot.State.Store.Rows.Pointer;
        ulong* members = stackalloc ulong[PlaneBlock.WordsPerPlane];
        ulong* near = stackalloc ulong[PlaneBlock.WordsPerPlane];
        for (int i = 0; i < queries.Length; i++)
        {
            prepared[i].Set(queries[i], prefix, maxDistance);
        }

        fixed (PlaneQuery* ready = prepared)
        {
            int words = WordsOf(segments);
            for (int word = 0; word < words; word += PlaneBlock.WordsPerPlane)
            {
                if (!Members(segments, word, members))
                {
                    continue;
                }

                Hash256* block = rows + (word * 64L);
                BitSlicedScan.Transpose(block, planes, prefix);
                BitSlicedScan.Count(planes, prefix, counts);
                for (int i = 0; i < queries.Length; i++)
                {
                    if (!BitSlicedScan.Find(planes, counts, ready + i, near))
                    {
                        continue;
                    }

                    for (int k = 0; k < PlaneBlock.WordsPerPlane; k++)
                    {
                        for (ulong left = near[k]; left != 0; left &= left - 1)
                        {
                            int row = PlaneBlock.RowAt(k, BitOperations.TrailingZeroCount(left));
                            int distance = block[row].DistanceTo(queries[i]);
                            if (distance <= maxDistance && ((members[row / 64] >> (row % 64)) & 1) != 0)
                            {
                                sink.Add(first + i, (uint)((word * 64L) + row), distance);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void Rows(
        Snapshot snapshot,
        ReadOnlySpan<Segment> segments,
        ReadOnlySpan<Hash256> queries,
        int first,
        int maxDistance,
        in MatchSink sink)
    {
        Hash256* rows = snapshot.State.Store.Rows.Pointer;
        ulong* members = stackalloc ulong[PlaneBlock.WordsPerPlane];
        int words = WordsOf(segments);
        for (int word = 0; word < words; word += PlaneBlock.WordsPerPlane)
        {
            if (!Members(segments, word, members))
            {
                continue;
            }

            for (int i = 0; i < queries.Length; i++)
            {
                Hash256 query = queries[i];
                for (int k = 0; k < PlaneBlock.WordsPerPlane; k++)
                {
                    long start = (word + k) * 64L;
                    ulong left = RowScan.Find(rows + start, query, maxDistance) & members[k];
                    for (; left != 0; left &= left - 1)
                    {
                        long slot = start + BitOperations.TrailingZeroCount(left);
                        sink.Add(first + i, (uint)slot, rows[slot].DistanceTo(query));
                    }
                }
            }
        }
    }

    private static int WordsOf(ReadOnlySpan<Segment> segments)
    {
        int words = 0;
        foreach (Segment segment in segments)
        {
            words = Math.Max(words, segment.Members.WordCount);
        }

        return words;
    }

    // Gives the slots of 512 that any of the segments has, and whether there are any.
    private static bool Members(ReadOnlySpan<Segment> segments, int word, ulong* members)
    {
        ulong any = 0;
        for (int k = 0; k < PlaneBlock.WordsPerPlane; k++)
        {
            members[k] = 0;
            foreach (Segment segment in segments)
            {
                members[k] |= word + k < segment.Members.WordCount ? segment.Members.Words[word + k] : 0;
            }

            any |= members[k];
        }

        return any != 0;
    }
}
