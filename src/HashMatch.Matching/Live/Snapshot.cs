namespace HashMatch.Matching.Live;

/// <summary>The entries of one moment.</summary>
/// <param name="State">Where they are kept.</param>
/// <param name="Blocks">The blocks of those that no segment has.</param>
/// <param name="BlockCount">How many blocks there are.</param>
/// <param name="Tail">Those behind the blocks.</param>
/// <param name="TailCount">How many there are.</param>
/// <param name="Log">The last page of the removals.</param>
/// <param name="LogCount">How many removals it had.</param>
/// <param name="Count">How many entries there are.</param>
/// <param name="Used">How many slots were in use: all below.</param>
internal sealed record Snapshot(
    IndexState State,
    LiveBlock[] Blocks,
    int BlockCount,
    LiveTail Tail,
    int TailCount,
    RemovalLog Log,
    int LogCount,
    int Count,
    int Used)
{
    /// <summary>Tells whether the entry of a slot was there.</summary>
    public bool Has(uint slot) => !State.Store.Removed[slot] || Log.HasSince(LogCount, slot);
}
