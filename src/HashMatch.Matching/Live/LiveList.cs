using HashMatch.Matching.Kernels;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>
/// The entries that no segment has yet, in the order in which they came: full blocks, then a short tail.
/// </summary>
/// <remarks>
/// Its writer calls it under a lock. Searches take the arrays and the counts of one moment: below the counts nothing is
/// ever written again.
/// </remarks>
/// <param name="memory">Where memory comes from.</param>
internal sealed class LiveList(BlockSource memory)
{
    private LiveBlock[] _blocks = [];
    private bool _isOpen;
    private LiveTail _tail = new();

    public LiveBlock[] Blocks => _blocks;

    public int BlockCount { get; private set; }

    public LiveTail Tail => _tail;

    public int TailCount { get; private set; }

    /// <summary>How many entries are in blocks, dead ones included.</summary>
    public int BlockRows => BlockCount * PlaneBlock.Rows;

    public long Bytes { get; private set; }

    /// <summary>Appends an entry.</summary>
    public void Append(in Hash256 hash, uint slot)
    {
        _tail.Rows[TailCount] = hash;
        _tail.Slots[TailCount++] = slot;
        if (TailCount == PlaneBlock.Rows)
        {
            LiveBlock block = TakeBlock();
            block.Fill(_tail);
            Append(block);

            // Searches may still read the old one.
            _tail = new LiveTail();
            TailCount = 0;
        }
    }

    /// <summary>Gives the blocks there are, whose memory no later block will share.</summary>
    public ReadOnlySpan<LiveBlock> Freeze()
    {
        _isOpen = false;
        return _blocks.AsSpan(0, BlockCount);
    }

    /// <summary>
    /// Puts other blocks in the place of the first ones, which exist until whoever reads them is gone.
    /// </summary>
    public void ReplaceFirst(int count, ReadOnlySpan<LiveBlock> others)
    {
        foreach (LiveSlab slab in SlabsOf(_blocks.AsSpan(0, count)))
        {
            Bytes -= slab.Bytes;
        }

        foreach (LiveSlab slab in SlabsOf(others))
        {
            Bytes += slab.Bytes;
        }

        _blocks = [.. others, .. _blocks.AsSpan(count, BlockCount - count)];
        BlockCount += others.Length - count;
    }

    /// <summary>The memory of some blocks, each piece once.</summary>
    public static HashSet<LiveSlab> SlabsOf(ReadOnlySpan<LiveBlock> blocks)
    {
        HashSet<LiveSlab> slabs = [];
        foreach (LiveBlock block in blocks)
        {
            slabs.Add(block.Slab);
        }

        return slabs;
    }

    private LiveBlock TakeBlock()
    {
        LiveSlab? open = _isOpen ? _blocks[BlockCount - 1].Slab : null;
        if (open is null || open.Taken == open.Blocks)
        {
            // As much as there is already, so that a short list stays small.
            open = new LiveSlab(Math.Clamp(BlockCount, 1, LiveSlab.MaxBlocks), memory);
            Bytes += open.Bytes;
            _isOpen = true;
        }

        return open.Take();
    }

    private void Append(LiveBlock block)
    {
        if (BlockCount == _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(4, 2 * BlockCount));
        }

        _blocks[BlockCount++] = block;
    }
}
