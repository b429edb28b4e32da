namespace HashMatch.Matching.Live;

/// <summary>
/// Where the entries are kept, until a merge or a growth keeps them elsewhere; held by the searches on it.
/// </summary>
/// <remarks>
/// What the next state does without may be in use by searches that hold this one or one before it. So each state, as
/// long as it is held, holds the next; and when nobody holds it any more, what only it and those before it had is let
/// go.
/// </remarks>
internal sealed class IndexState
{
    // One for being the newest, one for the state before it, one for each search.
    private int _holds;
    private IndexState? _next;
    private Action? _letGo;

    public IndexState(SlotStore store, Segment[] segments, bool isFirst)
    {
        Store = store;
        Segments = segments;
        IsIndexed = Array.TrueForAll(segments, static segment => segment.IsIndexed);
        _holds = isFirst ? 1 : 2;
    }

    public SlotStore Store { get; }

    public Segment[] Segments { get; }

    /// <summary>Whether every segment has its index, so that no merge is owed.</summary>
    public bool IsIndexed { get; }

    /// <summary>Holds the state, unless it was let go.</summary>
    public bool TryHold()
    {
        int holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds)
            {
                return true;
            }

            holds = seen;
        }

        return false;
    }

    /// <summary>Ends a hold.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            // Giving back memory takes longer than a search may wait.
            ThreadPool.UnsafeQueueUserWorkItem(state => state.LetGo(), this, preferLocal: false);
        }
    }

    /// <summary>Names the next state, which is the newest one from now on.</summary>
    /// <param name="next">The next state.</param>
    /// <param name="letGo">Called once nobody can use any more what the next state does without.</param>
    public void Retire(IndexState next, Action letGo)
    {
        _next = next;
        _letGo = letGo;
        Release();
    }

    private void LetGo()
    {
        _letGo?.Invoke();
        _next?.Release();
    }
}
