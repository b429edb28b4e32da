using System.Runtime.CompilerServices;

namespace HashMatch.Matching.Kernels;

/// <summary>Turns rows of bits into columns.</summary>
internal static unsafe class BitTranspose
{
    private const int Stride = PlaneBlock.WordsPerPlane;

    /// <summary>Makes the 64 planes of one word of 512 hashes.</summary>
    /// <remarks>
    /// Vector i has that word of the rows 8i to 8i + 7, so that transposing a square of 64 by 64 bits in each lane gives
    /// planes. It takes six steps, which exchange bits between vectors 32, 16, ... 1 apart. As 64 vectors are more than
    /// there are registers, three steps are done on eight vectors at a time, and then the other three.
    /// </remarks>
    public static void Word<TLane>(Hash256* rows, int word, ulong* planes)
        where TLane : struct, IBitLane<TLane>
    {
        TLane high = TLane.Fill(0x0000_0000_FFFF_FFFF);
        TLane middle = TLane.Fill(0x0000_FFFF_0000_FFFF);
        TLane low = TLane.Fill(0x00FF_00FF_00FF_00FF);
        for (int lane = 0; lane < Stride; lane += TLane.Words)
        {
            for (int i = 0; i < 8; i++)
            {
                Hash256* from = rows + (i * Stride) + lane;
                Eight<TLane>(
                    TLane.Gather(from, word),
                    TLane.Gather(from + (8 * Stride), word),
                    TLane.Gather(from + (16 * Stride), word),
                    TLane.Gather(from + (24 * Stride), word),
                    TLane.Gather(from + (32 * Stride), word),
                    TLane.Gather(from + (40 * Stride), word),
                    TLane.Gather(from + (48 * Stride), word),
                    TLane.Gather(from + (56 * Stride), word),
                    high,
                    middle,
                    low,
                    32,
                    planes + lane + (i * Stride),
                    8 * Stride);
            }
        }

        high = TLane.Fill(0x0F0F_0F0F_0F0F_0F0F);
        middle = TLane.Fill(0x3333_3333_3333_3333);
        low = TLane.Fill(0x5555_5555_5555_5555);
        for (int lane = 0; lane < Stride; lane += TLane.Words)
        {
            for (int i = 0; i < 64; i += 8)
            {
                ulong* from = planes + lane + (i * Stride);
                Eight<TLane>(
                    TLane.Load(from),
                    TLane.Load(from + Stride),
                    TLane.Load(from + (2 * Stride)),
                    TLane.Load(from + (3 * Stride)),
                    TLane.Load(from + (4 * Stride)),
                    TLane.Load(from + (5 * Stride)),
                    TLane.Load(from + (6 * Stride)),
                    TLane.Load(from + (7 * Stride)),
                    high,
                    middle,
                    low,
                    4,
                    from,
                    Stride);
            }
        }
    }

    // Three steps on eight vectors: bits exchanged over the distance, its half and its quarter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight<TLane>(
        TLane v0,
        TLane v1,
        TLane v2,
        TLane v3,
        TLane v4,
        TLane v5,
        TLane v6,
        TLane v7,
        TLane high,
        TLane middle,
        TLane low,
        int distance,
        ulong* to,
        int stride)
        where TLane : struct, IBitLane<TLane>
    {
        (v0, v4) = Exchange(v0, v4, high, distance);
        (v1, v5) = Exchange(v1, v5, high, distance);
        (v2, v6) = Exchange(v2, v6, high, distance);
        (v3, v7) = Exchange(v3, v7, high, distance);
        (v0, v2) = Exchange(v0, v2, middle, distance / 2);
        (v1, v3) = Exchange(v1, v3, middle, distance / 2);
        (v4, v6) = Exchange(v4, v6, middle, distance / 2);
        (v5, v7) = Exchange(v5, v7, middle, distance / 2);
        (v0, v1) = Exchange(v0, v1, low, distance / 4);
        (v2, v3) = Exchange(v2, v3, low, distance / 4);
        (v4, v5) = Exchange(v4, v5, low, distance / 4);
        (v6, v7) = Exchange(v6, v7, low, distance / 4);
        TLane.Store(v0, to);
        TLane.Store(v1, to + stride);
        TLane.Store(v2, to + (2 * stride));
        TLane.Store(v3, to + (3 * stride));
        TLane.Store(v4, to + (4 * stride));
        TLane.Store(v5, to + (5 * stride));
        TLane.Store(v6, to + (6 * stride));
        TLane.Store(v7, to + (7 * stride));
    }

    // The high bits of the first against the low bits of the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLane First, TLane Second) Exchange<TLane>(TLane first, TLane second, TLane mask, int distance)
        where TLane : struct, IBitLane<TLane> => (
            TLane.Select(mask, first, TLane.ShiftLeft(second, distance)),
            TLane.Select(mask, TLane.ShiftRight(first, distance), second));
}
