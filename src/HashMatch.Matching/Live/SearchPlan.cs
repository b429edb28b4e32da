using HashMatch.Matching.Multi;

namespace HashMatch.Matching.Live;

/// <summary>Which way of searching a segment is the fastest, by what each of them was measured to cost.</summary>
internal static class SearchPlan
{
    /// <summary>Whether to search by the index, and not by looking at all rows.</summary>
    public static bool UsesIndex(Segment segment, int maxDistance, int batch) =>
        segment.Index != null && UsesIndex(segment.Count, maxDistance, batch);

    /// <summary>Whether a search by an index costs less than a scan.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="maxDistance">The greatest distance.</param>
    /// <param name="batch">How many queries are searched for at once.</param>
    public static bool UsesIndex(int count, int maxDistance, int batch) =>
        maxDistance <= MultiIndex.MaxDistance
        && MultiIndex.EstimateCost(count, maxDistance, batch) <= count * ScanPlan.CostFor(batch, maxDistance);
}
