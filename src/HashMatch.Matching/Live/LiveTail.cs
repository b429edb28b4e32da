using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Live;

/// <summary>The newest entries, too few for a block: side by side, wherever their slots are.</summary>
internal sealed class LiveTail
{
    /// <summary>The hash of each; past the count it may be anything.</summary>
    public Hash256[] Rows { get; } = new Hash256[PlaneBlock.Rows];

    /// <summary>The slot of each.</summary>
    public uint[] Slots { get; } = new uint[PlaneBlock.Rows];
}
