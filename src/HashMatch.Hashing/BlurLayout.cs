using System.Numerics;

namespace HashMatch.Hashing;

/// <summary>Where the parts of a <see cref="BlurSweep{TLanes, TVector}"/> lie in one block of memory.</summary>
/// <remarks>
/// Rings hold what a running sum has yet to let go of. The rings along rows are indexed by column, one vector (a
/// strip's rows) each; the first ring down columns is cut into the squares' columns, so that a square reads and writes
/// one stretch of memory.
/// </remarks>
internal readonly struct BlurLayout
{
    /// <summary>The side of the decimated picture.</summary>
    public const int Side = 64;

    private const int Line = 64;

    public BlurLayout(BoxWindow across, BoxWindow down, int lanes, int stretchedRowBytes)
    {
        Blocks = (across.Length + lanes - 1) / lanes;
        AcrossRing = (int)BitOperations.RoundUpToPowerOf2((uint)(across.Width + (2 * lanes)));
        DownRing = (down.Width + (2 * lanes) - 1) / lanes * lanes;
        DecimatedRing = (int)BitOperations.RoundUpToPowerOf2((uint)(down.Width + 1));
        StretchedRow = stretchedRowBytes;

        long next = 0;
        LumaAt = Part(ref next, (long)AcrossRing * lanes);
        MeansAt = Part(ref next, (long)AcrossRing * lanes);
        SquaresAt = Part(ref next, 3L * lanes * lanes);
        RowSumsAt = Part(ref next, 2L * lanes);
        ColumnSumsAt = Part(ref next, (long)Blocks * lanes);
        ColumnsAt = Part(ref next, (long)Blocks * lanes * DownRing);
        DecimatedAt = Part(ref next, Side * lanes);
        DecimatedRowsAt = Part(ref next, Side * lanes);
        DecimatedSumsAt = Part(ref next, Side);
        DecimatedRingAt = Part(ref next, (long)DecimatedRing * Side);
        StretchedAt = Part(ref next, (long)StretchedRow * lanes / sizeof(float));
        ByteCount = next;
    }

    /// <summary>Squares of lanes by lanes pixels in a strip.</summary>
    public int Blocks { get; }

    /// <summary>Columns in a ring along rows: a power of two.</summary>
    public int AcrossRing { get; }

    /// <summary>Rows in the ring down columns: a multiple of the lanes.</summary>
    public int DownRing { get; }

    /// <summary>Rows in the ring of decimated rows: a power of two.</summary>
    public int DecimatedRing { get; }

    /// <summary>Bytes of a picked row, or 0.</summary>
    public int StretchedRow { get; }

    public long LumaAt { get; }

    public long MeansAt { get; }

    public long SquaresAt { get; }

    public long RowSumsAt { get; }

    public long ColumnSumsAt { get; }

    public long ColumnsAt { get; }

    public long DecimatedAt { get; }

    public long DecimatedRowsAt { get; }

    public long DecimatedSumsAt { get; }

    public long DecimatedRingAt { get; }

    public long StretchedAt { get; }

    public long ByteCount { get; }

    private static long Part(ref long next, long floats)
    {
        long start = next;
        next += ((floats * sizeof(float)) + Line - 1) / Line * Line;
        return start;
    }
}
