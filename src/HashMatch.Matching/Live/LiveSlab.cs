using HashMatch.Matching.Kernels;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>Some blocks of 512 entries as bit planes, in one piece of memory.</summary>
internal sealed unsafe class LiveSlab : IDisposable
{
    /// <summary>So many blocks fill two megabytes, a huge page.</summary>
    public const int MaxBlocks = 104;

    private static readonly int BlockBytes =
        (PlaneBlock.WordsFor(ScanPlan.PrefixCount) * sizeof(ulong)) + (PlaneBlock.Rows * sizeof(uint));

    private readonly NativeBlock _memory;

    public LiveSlab(int blocks, BlockSource memory)
    {
        Blocks = blocks;
        _memory = memory.Take((nuint)(blocks * BlockBytes));
    }

    /// <summary>How many blocks have room.</summary>
    public int Blocks { get; }

    /// <summary>How many are taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Takes the next block.</summary>
    public LiveBlock Take() => new(this, _memory.Pointer + (Taken++ * BlockBytes));

    public void Dispose() => _memory.Dispose();
}
