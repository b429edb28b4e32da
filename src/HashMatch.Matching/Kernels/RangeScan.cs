using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Kernels;

/// <summary>Finds the rows of a block that lie within a distance of a query.</summary>
/// <remarks>
/// A block is four columns of 64-bit words of equal length, one after the other; row i is the i-th word of each. The
/// numbers of the rows found are written to <c>rows</c> in ascending order, and their count is returned.
/// </remarks>
internal static class RangeScan
{
    public static int Find(ReadOnlySpan<ulong> words, int count, Hash256 query, int maxDistance, Span<int> rows) =>
        Avx512BW.IsSupported ? FindVector512(words, count, query, maxDistance, rows)
        : Avx2.IsSupported ? FindVector256(words, count, query, maxDistance, rows)
        : FindScalar(words, count, query, maxDistance, rows);

    // The definition that the vector paths are held to.
    public static int FindScalar(ReadOnlySpan<ulong> words, int count, Hash256 query, int maxDistance, Span<int> rows) =>
        FindScalarFrom(0, 0, words, count, query, maxDistance, rows);

    public static int FindVector256(
        ReadOnlySpan<ulong> words, int count, Hash256 query, int maxDistance, Span<int> rows)
    {
        ref ulong first = ref MemoryMarshal.GetReference(words);
        ref ulong second = ref Unsafe.Add(ref first, words.Length / 4);
        var query0 = Vector256.Create(query.GetWord(0));
        var query1 = Vector256.Create(query.GetWord(1));
        var limit = Vector256.Create((long)maxDistance);
        int found = 0;
        int row = 0;
        for (; row <= count - Vector256<ulong>.Count; row += Vector256<ulong>.Count)
        {
            Vector256<byte> bits =
                PopCountBytes(Vector256.LoadUnsafe(ref first, (nuint)row) ^ query0)
                + PopCountBytes(Vector256.LoadUnsafe(ref second, (nuint)row) ^ query1);
            Vector256<long> half = Avx2.SumAbsoluteDifferences(bits, Vector256<byte>.Zero).AsInt64();
            uint near = Vector256.LessThanOrEqual(half, limit).ExtractMostSignificantBits();
            found = Confirm(near, row, found, words, query, maxDistance, rows);
        }

        return FindScalarFrom(row, found, words, count, query, maxDistance, rows);
    }

    public static int FindVector512(
        ReadOnlySpan<ulong> words, int count, Hash256 query, int maxDistance, Span<int> rows)
    {
        ref ulong first = ref MemoryMarshal.GetReference(words);
        ref ulong second = ref Unsafe.Add(ref first, words.Length / 4);
        var query0 = Vector512.Create(query.GetWord(0));
        var query1 = Vector512.Create(query.GetWord(1));
        var limit = Vector512.Create((long)maxDistance);
        int found = 0;
        int row = 0;
        for (; row <= count - Vector512<ulong>.Count; row += Vector512<ulong>.Count)
        {
            Vector512<byte> bits =
                PopCountBytes(Vector512.LoadUnsafe(ref first, (nuint)row) ^ query0)
                + PopCountBytes(Vector512.LoadUnsafe(ref second, (nuint)row) ^ query1);
            Vector512<long> half = Avx512BW.SumAbsoluteDifferences(bits, Vector512<byte>.Zero).AsInt64();
            uint near = (uint)Vector512.LessThanOrEqual(half, limit).ExtractMostSignificantBits();
            found = Confirm(near, row, found, words, query, maxDistance, rows);
        }

        return FindScalarFrom(row, found, words, count, query, maxDistance, rows);
    }

    private static int FindScalarFrom(
        int start, int found, ReadOnlySpan<ulong> words, int count, Hash256 query, int maxDistance, Span<int> rows)
    {
        int stride = words.Length / 4;
        ReadOnlySpan<ulong> first = words[..stride];
        ReadOnlySpan<ulong> second = words.Slice(stride, stride);
        for (int row = start; row < count; row++)
        {
            // The distance over the first 128 bits is never more than the whole, so what it rules out is out.
            int half = BitOperations.PopCount(first[row] ^ query.GetWord(0))
                + BitOperations.PopCount(second[row] ^ query.GetWord(1));
            if (half <= maxDistance && half + SecondHalf(words, row, query) <= maxDistance)
            {
                rows[found++] = row;
            }
        }

        return found;
    }

    // Decides the rows that the first 128 bits did not rule out: bit i of near stands for row + i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Confirm(
        uint near, int row, int found, ReadOnlySpan<ulong> words, Hash256 query, int maxDistance, Span<int> rows)
    {
        int stride = words.Length / 4;
        for (; near != 0; near &= near - 1)
        {
            int candidate = row + BitOperations.TrailingZeroCount(near);
            int half = BitOperations.PopCount(words[candidate] ^ query.GetWord(0))
                + BitOperations.PopCount(words[stride + candidate] ^ query.GetWord(1));
            if (half + SecondHalf(words, candidate, query) <= maxDistance)
            {
                rows[found++] = candidate;
            }
        }

        return found;
    }

    private static int SecondHalf(ReadOnlySpan<ulong> words, int row, Hash256 query)
    {
        int stride = words.Length / 4;
        return BitOperations.PopCount(words[(2 * stride) + row] ^ query.GetWord(2))
            + BitOperations.PopCount(words[(3 * stride) + row] ^ query.GetWord(3));
    }

    // .NET 10 has no vector population count: each byte's is looked up by its two halves, in a table of sixteen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> PopCountBytes(Vector256<ulong> value)
    {
        var low = Vector256.Create((byte)0x0F);
        var table = Vector256.Create(Nibbles, Nibbles);
        return Avx2.Shuffle(table, value.AsByte() & low)
            + Avx2.Shuffle(table, (value >>> 4).AsByte() & low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> PopCountBytes(Vector512<ulong> value)
    {
        var low = Vector512.Create((byte)0x0F);
        var half = Vector256.Create(Nibbles, Nibbles);
        var table = Vector512.Create(half, half);
        return Avx512BW.Shuffle(table, value.AsByte() & low)
            + Avx512BW.Shuffle(table, (value >>> 4).AsByte() & low);
    }

    private static Vector128<byte> Nibbles =>
        Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
}
