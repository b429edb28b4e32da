using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Live;

/// <summary>How a scan goes about a distance and a number of queries, by what each way was measured to cost.</summary>
/// <remarks>
/// A prefix of the planes rules out most rows, and those that it does not are compared as a whole. A longer prefix
/// costs more adding, a shorter one more comparing. <c>docs/matcher.md</c> has the measurements.
/// </remarks>
internal static class ScanPlan
{
    /// <summary>
    /// The greatest distance for which planes are worth while: beyond it so many rows are near that comparing all of
    /// them as they are is faster.
    /// </summary>
    public const int MaxDistance = 114;

    /// <summary>What comparing a row as it is costs, in microseconds of one processor.</summary>
    public const double RowCost = 0.85e-3;

    /// <summary>What making planes of a row costs, in microseconds.</summary>
    public const double SliceCost = 2.2e-3;

    /// <summary>What one plane costs when the near ones of 512 rows are found, in microseconds a row.</summary>
    public const double PlaneCost = 0.55e-6;

    private const int LeastPrefix = 64;

    private static ReadOnlySpan<byte> Prefixes => [112, 176, PlaneBlock.MaxPrefix];

    private static ReadOnlySpan<byte> MaxDistances => [33, 67, byte.MaxValue];

    /// <summary>How many prefixes a live block has counts for.</summary>
    public static int PrefixCount => Prefixes.Length;

    /// <summary>One of these prefixes.</summary>
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
        Math.Clamp(((2 * maxDistance) + 60) / 16 * 16, LeastPrefix, PlaneBlock.MaxPrefix);

    /// <summary>Whether making planes costs less than comparing rows as they are.</summary>
    public static bool SlicesFor(int queries, int maxDistance) =>
        maxDistance <= MaxDistance && SlicedCost(queries, maxDistance) < RowCost;

    /// <summary>What a scan of rows costs, in microseconds of one processor for each row and query.</summary>
    public static double CostFor(int queries, int maxDistance) =>
        SlicesFor(queries, maxDistance) ? SlicedCost(queries, maxDistance) : RowCost;

    private static double SlicedCost(int queries, int maxDistance) =>
        (PlaneCost * SlicedPrefixFor(maxDistance)) + (SliceCost / Math.Min(queries, SegmentScan.MostAtOnce));
}
