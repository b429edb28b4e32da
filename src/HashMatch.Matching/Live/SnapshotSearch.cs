namespace HashMatch.Matching.Live;

/// <summary>A search among the entries of one moment.</summary>
internal static class SnapshotSearch
{
    public static void Run(Snapshot snapshot, ReadOnlySpan<Hash256> queries, int maxDistance, in MatchSink sink)
    {
        LiveScan.Search(snapshot, queries, maxDistance, sink);
        SegmentScan.Search(snapshot, snapshot.State.Segments, queries, maxDistance, sink);
    }
}
