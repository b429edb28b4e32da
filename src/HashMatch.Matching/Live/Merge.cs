namespace HashMatch.Matching.Live;

/// <summary>What a merge takes and what it makes of it.</summary>
/// <param name="Sources">The segments taken.</param>
/// <param name="Blocks">The blocks taken, the first ones of the live list.</param>
/// <param name="Result">The segment made, if enough entries are left.</param>
/// <param name="NewBlocks">The blocks made, if they are too few for a segment.</param>
/// <param name="NewTail">The slots of the entries that filled no block.</param>
/// <param name="Dead">The slots of the entries that were removed before.</param>
/// <param name="DeadCount">How many they are.</param>
internal sealed record Merge(
    Segment[] Sources,
    LiveBlock[] Blocks,
    Segment? Result,
    LiveBlock[] NewBlocks,
    uint[] NewTail,
    SlotSet Dead,
    int DeadCount)
{
    /// <summary>Gives the memory of what was taken back.</summary>
    public void FreeSources()
    {
        foreach (Segment segment in Sources)
        {
            segment.Dispose();
        }

        foreach (LiveSlab slab in LiveList.SlabsOf(Blocks))
        {
            slab.Dispose();
        }
    }
}
