namespace HashMatch.Matching.Live;

/// <summary>
/// Where a search puts what it finds, once it passes: the entries that were there, and whose label counts.
/// </summary>
internal readonly unsafe struct MatchSink(
    Snapshot snapshot, LabelFilter filter, List<IndexMatch>? matches, List<BatchMatch>? batchMatches)
{
    private readonly ulong* _ids = snapshot.State.Store.Ids;
    private readonly byte* _labels = snapshot.State.Store.Labels;

    /// <summary>Adds an entry that is near.</summary>
    /// <param name="query">The position of the query that it is near to.</param>
    /// <param name="slot">The entry's slot.</param>
    /// <param name="distance">How far it is.</param>
    public void Add(int query, uint slot, int distance)
    {
        if (!snapshot.Has(slot) || !filter.Allows(_labels[slot]))
        {
            return;
        }

        if (matches != null)
        {
            matches.Add(new IndexMatch(_ids[slot], distance));
        }
        else
        {
            batchMatches!.Add(new BatchMatch(query, _ids[slot], distance));
        }
    }
}
