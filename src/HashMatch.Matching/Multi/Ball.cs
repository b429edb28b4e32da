using System.Numerics;
using System.Runtime.InteropServices;

namespace HashMatch.Matching.Multi;

/// <summary>The numbers of some bits of which few are set, those with fewer bits first.</summary>
/// <remarks>A key combined with them by exclusive or gives all keys within a distance.</remarks>
internal sealed unsafe class Ball
{
    /// <summary>The most bits that are set in one of the numbers.</summary>
    public const int MaxRadius = 3;

    // Sixteen heads of buckets share a cache line: one key for each line is enough to ask for memory.
    private const int HeadsOfLine = 64 / sizeof(uint);

    private static readonly Ball[] All =
        [.. Enumerable.Range(0, PartTable.MaxKeyBits + 1).Select(bits => new Ball(bits))];

    // Pinned for good, so that loops may go over them by pointer.
    private readonly ushort[] _masks;
    private readonly ushort[] _lineMasks;
    private readonly int[] _sizes = new int[MaxRadius + 1];
    private readonly int[] _lineCounts = new int[MaxRadius + 1];

    private Ball(int bits)
    {
        _masks = Create(1 << bits, step: 1, _sizes);
        _lineMasks = Create(1 << bits, HeadsOfLine, _lineCounts);
    }

    /// <summary>The numbers.</summary>
    public ushort* Masks => (ushort*)Marshal.UnsafeAddrOfPinnedArrayElement(_masks, 0);

    /// <summary>Those of the numbers whose low four bits are clear.</summary>
    public ushort* LineMasks => (ushort*)Marshal.UnsafeAddrOfPinnedArrayElement(_lineMasks, 0);

    /// <summary>The numbers of so many bits.</summary>
    public static Ball Of(int bits) => All[bits];

    /// <summary>How many of <see cref="Masks"/> have at most as many bits set.</summary>
    public int Size(int radius) => _sizes[radius];

    /// <summary>How many of <see cref="LineMasks"/> have at most as many bits set.</summary>
    public int LineCount(int radius) => _lineCounts[radius];

    private static ushort[] Create(int end, int step, Span<int> sizes)
    {
        var masks = new List<ushort>();
        for (int radius = 0; radius <= MaxRadius; radius++)
        {
            for (int mask = 0; mask < end; mask += step)
            {
                if (BitOperations.PopCount((uint)mask) == radius)
                {
                    masks.Add((ushort)mask);
                }
            }

            sizes[radius] = masks.Count;
        }

        ushort[] pinned = GC.AllocateUninitializedArray<ushort>(masks.Count, pinned: true);
        masks.CopyTo(pinned);
        return pinned;
    }
}
