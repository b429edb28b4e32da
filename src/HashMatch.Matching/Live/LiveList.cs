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

    // The block that the tail will fill, and the tail after it: there before they are needed.
    private LiveBlock? _nextBlock;
    private LiveTail? _nextTail;

    public LiveBlock[] Blocks => _blocks;

    public int BlockCount { get; private set; }

    public LiveTail Tail => _tail;

    public int TailCount { get; private set; }

    /// <summary>How many entries are in blocks, dead ones included.</summary>
    public int BlockRows => BlockCount * PlaneBlock.Rows;

    /// <summary>Takes the memory for some more entries, without which nothing is changed.</summary>
    /// <param name="more">How many: no more than a block has.</param>
    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public void Reserve(int more)
    {
        if (TailCount + more < PlaneBlock.Rows)
        {
            return;
        }

        _nextBlock ??= TakeBlock();
        _nextTail ??= new LiveTail();
        if (BlockCount == _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(4, 2 * BlockCount));
        }
    }

    /// <summary>Appends an entry, for which nothing can be missing if its memory was taken before.</summary>
    public void Append(in Hash256 hash, uint slot)
    {
        Reserve(1);
        _tail.Rows[TailCount] = hash;
        _tail.Slots[TailCount++] = slot;
        if (TailCount == PlaneBlock.Rows)
        {
            _nextBlock!.Fill(_tail);
            _blocks[BlockCount++] = _nextBlock;
            _nextBlock = null;
            _isOpen = true;

            // Searches may still read the old one.
            _tail = _nextTail!;
            _nextTail = null;
            TailCount = 0;
        }
    }

    /// <summary>Gives the blocks there are, whose memory no later block will share.</summary>
    public ReadOnlySpan<LiveBlock> Freeze()
    {
        if (_isOpen && _nextBlock?.Slab == _blocks[BlockCount - 1].Slab)
        {
            _nextBlock = null;
        }

        _isOpen = false;
        return _blocks.AsSpan(0, BlockCount);
    }

    /// <summary>
    /// Puts other blocks in the place of the first ones, which exist until whoever reads them is gone.
    /// </summary>
    public void ReplaceFirst(int count, ReadOnlySpan<LiveBlock> others)
    {
        // Room for one more, which may be reserved.
        var blocks = new LiveBlock[others.Length + (BlockCount - count) + 1];
        others.CopyTo(blocks);
        _blocks.AsSpan(count, BlockCount - count).CopyTo(blocks.AsSpan(others.Length));
        _blocks = blocks;
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

        // As much as there is already, so that a short list stays small.
        open = open is null || open.Taken == open.Blocks
            ? new LiveSlab(Math.Clamp(BlockCount, 1, LiveSlab.MaxBlocks), memory)
            : open;
        return open.Take();
    }
}
