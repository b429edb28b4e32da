using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Live;

/// <summary>How a bit-sliced scan goes about a distance.</summary>
/// <remarks>
/// A prefix of the planes rules out most rows, and those that it does not are compared as a whole. A longer prefix costs
/// more adding, a shorter one more comparing.
/// </remarks>
internal static class ScanPlan
{
    /// <summary>
    /// The greatest distance for which planes are worth while: beyond it so many rows are near that comparing all of
    /// them as they are is faster.
    /// </summary>
    public const int MaxDistance = 118;

    /// <summary>What comparing a row as it is costs, in microseconds.</summary>
    public const double RowCost = 1.2e-3;

    /// <summary>What making planes costs, in microseconds a row.</summary>
    public const double SliceCost = 3e-3;

    private const int LeastToSlice = 4;

    private static ReadOnlySpan<byte> Prefixes => [112, 176, 240];

    private static ReadOnlySpan<byte> MaxDistances => [33, 69, byte.MaxValue];

    /// <summary>How many prefixes a block has counts for.</summary>
    public static int PrefixCount => Prefixes.Length;

    public static int PrefixAt(int number) => Prefixes[number];

    /// <summary>The number of the prefix to take for a distance.</summary>
    public static int PrefixFor(int maxDistance)
    {
        int number = 0;
        while (MaxDistances[number] < maxDistance)
        {
            number++;
        }

        return number;
    }

    /// <summary>The prefix for planes that are made as they are needed: any is as good as another.</summary>
    public static int SlicedPrefixFor(int maxDistance) =>
        Math.Min(PlaneBlock.MaxPrefix, (96 + (maxDistance * 5 / 4) + 15) / 16 * 16);

    /// <summary>Whether making planes is worth while for so many queries.</summary>
    public static bool SlicesFor(int queries, int maxDistance) => queries >= LeastToSlice && maxDistance <= MaxDistance;

    /// <summary>What finding the near ones of 512 rows on planes costs, in microseconds a row.</summary>
    public static double FindCost(int maxDistance) => 7e-6 + (SlicedPrefixFor(maxDistance) * 0.4e-6);
}
