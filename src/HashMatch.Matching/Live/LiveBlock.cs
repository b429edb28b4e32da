using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Live;

/// <summary>512 entries as bit planes, with the slot of each.</summary>
internal sealed unsafe class LiveBlock
{
    private readonly ulong* _planes;
    private readonly uint* _slots;

    public LiveBlock(LiveSlab slab, byte* memory)
    {
        Slab = slab;
        _planes = (ulong*)memory;
        _slots = (uint*)(_planes + PlaneBlock.WordsFor(ScanPlan.PrefixCount));
    }

    /// <summary>Whose memory it is.</summary>
    public LiveSlab Slab { get; }

    public ulong* Planes => _planes;

    /// <summary>The slot of each row.</summary>
    public ReadOnlySpan<uint> Slots => new(_slots, PlaneBlock.Rows);

    /// <summary>The counts over the prefix of that number.</summary>
    public ulong* Counts(int prefix) => _planes
        + ((PlaneBlock.FirstCount + (prefix * PlaneBlock.PlanesPerCount)) * PlaneBlock.WordsPerPlane);

    /// <summary>Fills it, before anybody else sees it.</summary>
    public void Fill(LiveTail entries)
    {
        entries.Slots.CopyTo(new Span<uint>(_slots, PlaneBlock.Rows));
        fixed (Hash256* rows = entries.Rows)
        {
            BitSlicedScan.Transpose(rows, _planes, Hash256.BitCount);
        }

        for (int prefix = 0; prefix < ScanPlan.PrefixCount; prefix++)
        {
            BitSlicedScan.Count(_planes, ScanPlan.PrefixAt(prefix), Counts(prefix));
        }
    }
}
