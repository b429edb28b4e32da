using System.Numerics;
using System.Runtime.InteropServices;

namespace HashMatch.Matching.Multi;

/// <summary>The numbers of 16 bits of which few are set, those with fewer bits first.</summary>
/// <remarks>A key combined with them by exclusive or gives all keys within a distance.</remarks>
internal static unsafe class Ball
{
    /// <summary>The most bits that are set in one of the numbers.</summary>
    public const int MaxRadius = 3;

    // Sixteen heads of buckets share a cache line: one key for each line is enough to ask for memory.
    private const int HeadsOfLine = 64 / sizeof(uint);

    // Pinned for good, so that loops may go over them by pointer.
    private static readonly ushort[] All = Create(step: 1);
    private static readonly ushort[] Lines = Create(HeadsOfLine);

    /// <summary>The numbers.</summary>
    public static ushort* Masks => (ushort*)Marshal.UnsafeAddrOfPinnedArrayElement(All, 0);

    /// <summary>Those of the numbers whose low four bits are clear.</summary>
    public static ushort* LineMasks => (ushort*)Marshal.UnsafeAddrOfPinnedArrayElement(Lines, 0);

    /// <summary>How many of <see cref="Masks"/> have at most as many bits set: sums of binomials of 16.</summary>
    public static int Size(int radius) => radius switch
    {
        < 0 => 0,
        0 => 1,
        1 => 17,
        2 => 137,
        _ => 697,
    };

    /// <summary>How many of <see cref="LineMasks"/> have at most as many bits set: sums of binomials of 12.</summary>
    public static int LineCount(int radius) => radius switch
    {
        < 0 => 0,
        0 => 1,
        1 => 13,
        2 => 79,
        _ => 299,
    };

    private static ushort[] Create(int step)
    {
        IEnumerable<ushort> masks =
            from radius in Enumerable.Range(0, MaxRadius + 1)
            from line in Enumerable.Range(0, PartTable.Buckets / step)
            let mask = (ushort)(line * step)
            where BitOperations.PopCount(mask) == radius
            select mask;
        ushort[] list = masks.ToArray();
        ushort[] pinned = GC.AllocateUninitializedArray<ushort>(list.Length, pinned: true);
        list.CopyTo(pinned, 0);
        return pinned;
    }
}
