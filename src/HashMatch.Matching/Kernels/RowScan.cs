using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Kernels;

/// <summary>Compares one query with rows as they are, 64 at a time.</summary>
internal static unsafe class RowScan
{
    /// <summary>How many rows are compared at once.</summary>
    public const int Rows = 64;

    /// <summary>Finds the rows within a distance: each of the 64 has its bit, the first the lowest.</summary>
    public static ulong Find(Hash256* rows, in Hash256 query, int maxDistance) =>
        Avx512BW.IsSupported ? FindVector512(rows, query, maxDistance)
        : Avx2.IsSupported ? FindVector256(rows, query, maxDistance)
        : FindScalar(rows, query, maxDistance);

    // The definition that the vectors are held to.
    public static ulong FindScalar(Hash256* rows, in Hash256 query, int maxDistance)
    {
        ulong near = 0;
        for (int i = 0; i < Rows; i++)
        {
            near |= rows[i].DistanceTo(query) <= maxDistance ? 1UL << i : 0;
        }

        return near;
    }

    public static ulong FindVector256(Hash256* rows, in Hash256 query, int maxDistance)
    {
        Vector256<byte> wanted =
            Vector256.Create(query.GetWord(0), query.GetWord(1), query.GetWord(2), query.GetWord(3)).AsByte();
        var limit = Vector256.Create((long)maxDistance);
        ulong near = 0;
        for (int i = 0; i < Rows; i += 4)
        {
            // Each row's four words are summed up by pairs: first the two of each half, then the halves.
            byte* row = (byte*)(rows + i);
            Vector256<long> a = Sums(Vector256.Load(row) ^ wanted);
            Vector256<long> b = Sums(Vector256.Load(row + 32) ^ wanted);
            Vector256<long> c = Sums(Vector256.Load(row + 64) ^ wanted);
            Vector256<long> d = Sums(Vector256.Load(row + 96) ^ wanted);
            Vector256<long> ab = Avx2.UnpackLow(a, b) + Avx2.UnpackHigh(a, b);
            Vector256<long> cd = Avx2.UnpackLow(c, d) + Avx2.UnpackHigh(c, d);
            Vector256<long> distances = Avx2.Permute2x128(ab, cd, 0x20) + Avx2.Permute2x128(ab, cd, 0x31);
            near |= (ulong)Vector256.LessThanOrEqual(distances, limit).ExtractMostSignificantBits() << i;
        }

        return near;
    }

    public static ulong FindVector512(Hash256* rows, in Hash256 query, int maxDistance)
    {
        var half = Vector256.Create(query.GetWord(0), query.GetWord(1), query.GetWord(2), query.GetWord(3));
        Vector512<byte> wanted = Vector512.Create(half, half).AsByte();
        var limit = Vector512.Create((long)maxDistance);
        ulong near = 0;
        for (int i = 0; i < Rows; i += 8)
        {
            byte* row = (byte*)(rows + i);
            Vector512<long> a = Sums(Vector512.Load(row) ^ wanted);
            Vector512<long> b = Sums(Vector512.Load(row + 64) ^ wanted);
            Vector512<long> c = Sums(Vector512.Load(row + 128) ^ wanted);
            Vector512<long> d = Sums(Vector512.Load(row + 192) ^ wanted);
            Vector512<long> ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
            Vector512<long> cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
            Vector512<long> distances = Avx512F.Shuffle4x128(ab, cd, 0x88) + Avx512F.Shuffle4x128(ab, cd, 0xDD);
            ulong bits = Vector512.LessThanOrEqual(distances, limit).ExtractMostSignificantBits();

            // The first rows of two vectors come before the second ones.
            bits = (bits & 0x99) | ((bits & 0x22) << 1) | ((bits & 0x44) >> 1);
            near |= bits << i;
        }

        return near;
    }

    // .NET 10 has no vector population count: that of each byte is looked up by its two halves in a table of sixteen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Sums(Vector256<byte> value)
    {
        var low = Vector256.Create((byte)0x0F);
        Vector256<byte> table = Vector256.Create(Nibbles, Nibbles);
        Vector256<byte> bits =
            Avx2.Shuffle(table, value & low) + Avx2.Shuffle(table, (value.AsUInt16() >>> 4).AsByte() & low);
        return Avx2.SumAbsoluteDifferences(bits, Vector256<byte>.Zero).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Sums(Vector512<byte> value)
    {
        var low = Vector512.Create((byte)0x0F);
        Vector256<byte> half = Vector256.Create(Nibbles, Nibbles);
        Vector512<byte> table = Vector512.Create(half, half);
        Vector512<byte> bits =
            Avx512BW.Shuffle(table, value & low) + Avx512BW.Shuffle(table, (value.AsUInt16() >>> 4).AsByte() & low);
        return Avx512BW.SumAbsoluteDifferences(bits, Vector512<byte>.Zero).AsInt64();
    }

    private static Vector128<byte> Nibbles => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
}
