namespace HashMatch.Matching.Live;

/// <summary>
/// A search among the entries of one moment: by each segment's index where that is faster than a scan.
/// </summary>
internal static class SnapshotSearch
{
    public static void Run(Snapshot snapshot, ReadOnlySpan<Hash256> queries, int maxDistance, in MatchSink sink)
    {
        if (queries.IsEmpty)
        {
            return;
        }

        LiveScan.Search(snapshot, queries, maxDistance, sink);
        Segment[] segments = snapshot.State.Segments;
        int scanned = 0;
        RowHits hits = default;
        foreach (Segment segment in segments)
        {
            if (!SearchPlan.UsesIndex(segment, maxDistance, queries.Length))
            {
                scanned++;
                continue;
            }

            segment.Index!.Search(snapshot.State.Store.Rows, queries, maxDistance, ref hits);
            foreach (RowHit hit in hits.Span)
            {
                sink.Add(hit.Query, (uint)hit.Row, hit.Distance);
            }

            hits.Clear();
        }

        hits.Dispose();
        if (scanned > 0)
        {
            Segment[] some = scanned == segments.Length
                ? segments
                : Unindexed(segments, maxDistance, queries.Length);
            SegmentScan.Search(snapshot, some, queries, maxDistance, sink);
        }
    }

    private static Segment[] Unindexed(Segment[] segments, int maxDistance, int batch) =>
        [.. segments.Where(segment => !SearchPlan.UsesIndex(segment, maxDistance, batch))];
}
