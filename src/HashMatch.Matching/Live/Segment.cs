using HashMatch.Matching.Multi;

namespace HashMatch.Matching.Live;

/// <summary>Entries that are indexed together and change no more, but for being removed.</summary>
internal sealed class Segment(SlotSet members, int count, MultiIndex? index)
{
    /// <summary>Their slots.</summary>
    public SlotSet Members => members;

    /// <summary>How many there are, dead ones included.</summary>
    public int Count => count;

    /// <summary>Their index, or null if it is not made yet: then they are scanned.</summary>
    public MultiIndex? Index => index;

    /// <summary>Whether it has an index of its own, not what a merge that goes on, or failed, has joined.</summary>
    public bool IsIndexed => index is { Layers: 1 };
}
