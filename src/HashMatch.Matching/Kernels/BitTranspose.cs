using System.Runtime.CompilerServices;

namespace HashMatch.Matching.Kernels;

/// <summary>Turns rows of bits into columns.</summary>
internal static unsafe class BitTranspose
{
    private const int Stride = PlaneBlock.WordsPerPlane;

    private const int WordStride = 64 * Stride;

    /// <summary>Makes the planes of the first words of 512 hashes.</summary>
    /// <remarks>
    /// First the words are parted: vector i of a word has that word of the rows 8i to 8i + 7. Transposing a square of
    /// 64 by 64 bits in each lane of its 64 vectors then gives planes. It takes six steps, which exchange bits between
    /// vectors 32, 16, ... 1 apart. As 64 vectors are more than there are registers, three steps are done on eight
    /// vectors at a time, and then the other three.
    /// </remarks>
    public static void Run<TLane>(Hash256* rows, int words, ulong* planes)
        where TLane : struct, IBitLane<TLane>
    {
        for (int i = 0; i < 64; i++)
        {
            for (int lane = 0; lane < Stride; lane += TLane.Words)
            {
                TLane.Part(rows + (i * Stride) + lane, words, planes + (i * Stride) + lane, WordStride);
            }
        }

        for (int word = 0; word < words; word++)
        {
            Steps<TLane>(
                planes + (word * WordStride),
                8 * Stride,
                Stride,
                TLane.Fill(0x0000_0000_FFFF_FFFF),
                TLane.Fill(0x0000_FFFF_0000_FFFF),
                TLane.Fill(0x00FF_00FF_00FF_00FF),
                32);
            Steps<TLane>(
                planes + (word * WordStride),
                Stride,
                8 * Stride,
                TLane.Fill(0x0F0F_0F0F_0F0F_0F0F),
                TLane.Fill(0x3333_3333_3333_3333),
                TLane.Fill(0x5555_5555_5555_5555),
                4);
        }
    }

    // Three steps on all vectors, eight of them at a time that are a stride apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Steps<TLane>(
        ulong* planes, int stride, int next, TLane high, TLane middle, TLane low, int distance)
        where TLane : struct, IBitLane<TLane>
    {
        for (int i = 0; i < 8; i++)
        {
            for (int lane = 0; lane < Stride; lane += TLane.Words)
            {
                Eight(planes + (i * next) + lane, stride, high, middle, low, distance);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight<TLane>(ulong* at, int stride, TLane high, TLane middle, TLane low, int distance)
        where TLane : struct, IBitLane<TLane>
    {
        TLane v0 = TLane.Load(at);
        TLane v1 = TLane.Load(at + stride);
        TLane v2 = TLane.Load(at + (2 * stride));
        TLane v3 = TLane.Load(at + (3 * stride));
        TLane v4 = TLane.Load(at + (4 * stride));
        TLane v5 = TLane.Load(at + (5 * stride));
        TLane v6 = TLane.Load(at + (6 * stride));
        TLane v7 = TLane.Load(at + (7 * stride));
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
        TLane.Store(v0, at);
        TLane.Store(v1, at + stride);
        TLane.Store(v2, at + (2 * stride));
        TLane.Store(v3, at + (3 * stride));
        TLane.Store(v4, at + (4 * stride));
        TLane.Store(v5, at + (5 * stride));
        TLane.Store(v6, at + (6 * stride));
        TLane.Store(v7, at + (7 * stride));
    }

    // The high bits of the first against the low bits of the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLane First, TLane Second) Exchange<TLane>(TLane first, TLane second, TLane mask, int distance)
        where TLane : struct, IBitLane<TLane> => (
            TLane.Select(mask, first, TLane.ShiftLeft(second, distance)),
            TLane.Select(mask, TLane.ShiftRight(first, distance), second));
}
