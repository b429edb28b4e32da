using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Kernels;

/// <summary>Compares queries with 512 hashes at a time, as bit planes (<see cref="PlaneBlock"/>).</summary>
internal static unsafe class BitSlicedScan
{
    /// <summary>Turns 512 rows into planes.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="planes">The block.</param>
    /// <param name="prefix">How many planes are needed: those of a word of which none is are not written.</param>
    public static void Transpose(Hash256* rows, ulong* planes, int prefix)
    {
        if (Avx512F.IsSupported)
        {
            Transpose<Lane512>(rows, planes, prefix);
        }
        else if (Avx2.IsSupported)
        {
            Transpose<Lane256>(rows, planes, prefix);
        }
        else
        {
            Transpose<Lane64>(rows, planes, prefix);
        }
    }

    /// <summary>Counts the bits of the hashes over a prefix of the planes.</summary>
    /// <param name="planes">The block.</param>
    /// <param name="prefix">A multiple of 16, up to <see cref="PlaneBlock.MaxPrefix"/>.</param>
    /// <param name="counts">Where the eight planes of the counts go.</param>
    public static void Count(ulong* planes, int prefix, ulong* counts)
    {
        if (Avx512F.IsSupported)
        {
            Count<Lane512>(planes, prefix, counts);
        }
        else if (Avx2.IsSupported)
        {
            Count<Lane256>(planes, prefix, counts);
        }
        else
        {
            Count<Lane64>(planes, prefix, counts);
        }
    }

    /// <summary>Finds the hashes whose distance over the prefix is not too great.</summary>
    /// <param name="planes">The block.</param>
    /// <param name="counts">The block's counts for the query's prefix.</param>
    /// <param name="query">The query.</param>
    /// <param name="near">Eight words, in which a hash's bit is set if it is near.</param>
    /// <returns>Whether there is any.</returns>
    public static bool Find(ulong* planes, ulong* counts, PlaneQuery* query, ulong* near) =>
        Avx512F.IsSupported ? Find<Lane512>(planes, counts, query, near)
        : Avx2.IsSupported ? Find<Lane256>(planes, counts, query, near)
        : Find<Lane64>(planes, counts, query, near);

    /// <summary><see cref="Transpose(Hash256*, ulong*, int)"/> in one width.</summary>
    public static void Transpose<TLane>(Hash256* rows, ulong* planes, int prefix)
        where TLane : struct, IBitLane<TLane>
    {
        BitTranspose.Run<TLane>(rows, (prefix + 63) / 64, planes);
        new Span<ulong>(planes + (PlaneBlock.ZeroPlane * PlaneBlock.WordsPerPlane), PlaneBlock.WordsPerPlane).Clear();
    }

    /// <summary><see cref="Count(ulong*, int, ulong*)"/> in one width.</summary>
    public static void Count<TLane>(ulong* planes, int prefix, ulong* counts)
        where TLane : struct, IBitLane<TLane>
    {
        const int Stride = PlaneBlock.WordsPerPlane;
        ushort* offsets = stackalloc ushort[PlaneBlock.MaxPrefix];
        for (int i = 0; i < prefix; i++)
        {
            offsets[i] = (ushort)(i * Stride);
        }

        for (int word = 0; word < Stride; word += TLane.Words)
        {
            Counter<TLane> counter = default;
            counter.Add(planes + word, offsets, prefix);
            counter.Store(counts + word);
        }
    }

    /// <summary><see cref="Find(ulong*, ulong*, PlaneQuery*, ulong*)"/> in one width.</summary>
    public static bool Find<TLane>(ulong* planes, ulong* counts, PlaneQuery* query, ulong* near)
        where TLane : struct, IBitLane<TLane>
    {
        bool any = false;
        for (int word = 0; word < PlaneBlock.WordsPerPlane; word += TLane.Words)
        {
            var counter = new Counter<TLane>(query->Start);
            counter.Add(planes + word, query->Offsets, query->Count);
            TLane found = counter.IsNear(counts + word, query);
            TLane.Store(found, near + word);
            any |= !TLane.IsZero(found);
        }

        return any;
    }
}
