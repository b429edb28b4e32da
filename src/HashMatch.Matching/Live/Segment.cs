namespace HashMatch.Matching.Live;

/// <summary>Entries that are indexed together and change no more, but for being removed.</summary>
internal sealed class Segment(SlotSet members, int count) : IDisposable
{
    /// <summary>Their slots.</summary>
    public SlotSet Members => members;

    /// <summary>How many there are, dead ones included.</summary>
    public int Count => count;

    public void Dispose() => members.Dispose();
}
