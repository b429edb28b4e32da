namespace HashMatch.Matching.Live;

/// <summary>The removals in their order, so that a search can tell those that came after it began.</summary>
/// <remarks>
/// A place in the log is a page and a count. The pages are linked forwards only: those that no search looks at any more
/// are garbage. One thread writes at a time.
/// </remarks>
internal sealed class RemovalLog
{
    private const int PageLength = 1024;

    private readonly uint[] _slots = new uint[PageLength];
    private RemovalLog? _next;
    private int _count;

    /// <summary>How many slots this page has.</summary>
    public int Count => _count;

    /// <summary>Appends a slot, before it is marked as removed.</summary>
    /// <returns>The page that it is on.</returns>
    public RemovalLog Append(uint slot)
    {
        RemovalLog page = this;
        if (_count == PageLength)
        {
            page = new RemovalLog();
            page._slots[0] = slot;
            page._count = 1;
            Volatile.Write(ref _next, page);
            return page;
        }

        _slots[_count] = slot;
        Volatile.Write(ref _count, _count + 1);
        return page;
    }

    /// <summary>Tells whether a slot was removed after a moment.</summary>
    /// <param name="count">How many slots this page had then, as the last one.</param>
    /// <param name="slot">The slot.</param>
    public bool HasSince(int count, uint slot)
    {
        for (RemovalLog? page = this; page != null; page = Volatile.Read(ref page._next))
        {
            int end = Volatile.Read(ref page._count);
            if (page._slots.AsSpan(count, end - count).Contains(slot))
            {
                return true;
            }

            count = 0;
        }

        return false;
    }
}
