namespace HashMatch.Matching.Live;

/// <summary>What should be merged next, by the sizes alone.</summary>
/// <remarks>
/// New entries become a segment when they are too many to scan. A segment is merged with all smaller ones as soon as
/// they are as many as it, so that sizes double at least from one to the next: there are few of them, and an entry is
/// indexed anew only as often as the list has doubled since. When hardly anything changes, all become one.
/// </remarks>
internal static class MergePlan
{
    /// <summary>
    /// So many new entries become a segment. A scan of as many costs about as much as a search of a segment.
    /// </summary>
    public const int LiveLimit = 32_768;

    /// <summary>Fewer entries than this are scanned faster than any index finds them.</summary>
    public const int LeastSegment = 8192;

    /// <summary>So many entries that are added at once become a segment before anybody sees them.</summary>
    public const int IndexedRange = 1 << 18;

    /// <summary>So few changes a second count as none.</summary>
    public const int QuietChanges = 512;

    // The largest segment is not indexed anew for less than this share of it: whatever the pauses between additions,
    // that is five times what was added.
    private const int QuietShare = 4;

    // A list at least this long is worth having no entries outside of segments.
    private const int LeastQuietCount = 16 * LeastSegment;

    // A segment is made anew when a fourth of it is dead.
    private const int DeadShare = 4;

    /// <summary>Whether what is live should become a segment, or be freed of dead entries.</summary>
    /// <param name="rows">How many entries are in live blocks.</param>
    /// <param name="dead">How many of them are dead.</param>
    /// <param name="count">How many entries there are in all.</param>
    /// <param name="isQuiet">Whether hardly anything changes.</param>
    public static bool TakesLive(int rows, int dead, int count, bool isQuiet) =>
        rows >= LiveLimit
        || (dead >= LeastSegment && dead >= rows / 2)
        || (isQuiet && rows - dead >= LeastSegment && count >= LeastQuietCount);

    /// <summary>Which segments should become one.</summary>
    /// <param name="segments">What there is.</param>
    /// <param name="isQuiet">Whether hardly anything changes.</param>
    /// <returns>Their places. One alone is indexed anew; none if all is well.</returns>
    public static int[] TakeSegments(ReadOnlySpan<SegmentSize> segments, bool isQuiet)
    {
        for (int i = 0; i < segments.Length; i++)
        {
            (int count, int dead, bool isIndexed) = segments[i];
            if (!isIndexed || (dead >= LeastSegment && dead >= count / DeadShare))
            {
                return [i];
            }
        }

        SegmentSize[] sizes = segments.ToArray();
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderBy(i => sizes[i].Count)];
        int taken = Math.Min(1, order.Length);
        long sum = taken > 0 ? sizes[order[0]].Count : 0;
        for (; taken < order.Length && sizes[order[taken]].Count <= sum; taken++)
        {
            sum += sizes[order[taken]].Count;
        }

        if (isQuiet && order.Length > 1)
        {
            int largest = sizes[order[^1]].Count;
            long others = sizes.Sum(size => (long)size.Count) - largest;
            taken = others * QuietShare >= largest ? order.Length : order.Length - 1;
        }

        return taken > 1 ? order[..taken] : [];
    }
}
