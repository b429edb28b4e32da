using System.Runtime.Intrinsics;
using HashMatch.Matching;

namespace HashMatch.Hashing;

/// <summary>Turns 16 by 16 coefficients into a hash: the bits of those above the median.</summary>
internal static class HashBits
{
    private const int Side = CosineTransform.Outputs;
    private const int Count = Side * Side;

    // The 128th smallest of 256 has at most 127 below it.
    private const int MostBelowMedian = (Count / 2) - 1;

    // The sign bits of eight neighbours in a row.
    private static readonly Vector256<int> NoSigns = Vector256<int>.Zero;
    private static readonly Vector256<int> AllSigns = Vector256.Create(int.MinValue);
    private static readonly Vector256<int> EvenSigns =
        Vector256.Create(int.MinValue, 0, int.MinValue, 0, int.MinValue, 0, int.MinValue, 0);

    private static readonly Vector256<int> OddSigns = EvenSigns ^ AllSigns;

    /// <summary>The hash of the picture as it is.</summary>
    public static Hash256 Of(ReadOnlySpan<float> coefficients)
    {
        Span<ushort> rows = stackalloc ushort[Side];
        Rows(coefficients, NoSigns, NoSigns, rows);
        return Pack(rows);
    }

    /// <summary>The hashes of the eight ways to turn the picture, in the order of <see cref="Dihedral"/>.</summary>
    /// <remarks>
    /// Turning changes signs of coefficients and may exchange rows with columns. An exchange leaves the median alone,
    /// so four medians serve all eight.
    /// </remarks>
    public static void AllOf(ReadOnlySpan<float> coefficients, Span<Hash256> destination)
    {
        Span<ushort> rows = stackalloc ushort[Side];
        Rows(coefficients, NoSigns, NoSigns, rows);
        Both(rows, destination, Dihedral.Identity, Dihedral.Transpose);
        Rows(coefficients, AllSigns, NoSigns, rows);
        Both(rows, destination, Dihedral.FlipX, Dihedral.Rotate270);
        Rows(coefficients, EvenSigns, EvenSigns, rows);
        Both(rows, destination, Dihedral.FlipY, Dihedral.Rotate90);
        Rows(coefficients, OddSigns, EvenSigns, rows);
        Both(rows, destination, Dihedral.Rotate180, Dihedral.AntiTranspose);
    }

    /// <summary>The 128th smallest of 256 numbers, none of them NaN.</summary>
    public static float Median(ReadOnlySpan<float> values)
    {
        // Integers of the same order as the floats: below zero all bits but the sign are turned over.
        Span<int> keys = stackalloc int[Count];
        for (int i = 0; i < Count; i += 8)
        {
            Vector256<int> bits = Vector256.Create(values[i..]).AsInt32();
            (bits ^ ((bits >> 31) & Vector256.Create(int.MaxValue))).CopyTo(keys[i..]);
        }

        // The greatest number that at most 127 keys are below, found bit by bit from the top.
        int median = int.MinValue;
        for (int bit = 31; bit >= 0; bit--)
        {
            int candidate = median ^ (1 << bit);
            if (CountBelow(keys, candidate) <= MostBelowMedian)
            {
                median = candidate;
            }
        }

        return BitConverter.Int32BitsToSingle(median ^ ((median >> 31) & int.MaxValue));
    }

    private static int CountBelow(ReadOnlySpan<int> keys, int limit)
    {
        Vector256<int> bound = Vector256.Create(limit);
        Vector256<int> first = Vector256<int>.Zero;
        Vector256<int> second = Vector256<int>.Zero;
        for (int i = 0; i < Count; i += 16)
        {
            first += Vector256.LessThan(Vector256.Create(keys.Slice(i, 8)), bound);
            second += Vector256.LessThan(Vector256.Create(keys.Slice(i + 8, 8)), bound);
        }

        return -Vector256.Sum(first + second);
    }

    // Bit j of row i says whether the coefficient, with its sign changed as asked, is above the median of them all.
    private static void Rows(
        ReadOnlySpan<float> coefficients, Vector256<int> evenRowSigns, Vector256<int> oddRowSigns, Span<ushort> rows)
    {
        Span<float> values = stackalloc float[Count];
        for (int i = 0; i < Count; i += 8)
        {
            Vector256<int> signs = (i & Side) == 0 ? evenRowSigns : oddRowSigns;
            (Vector256.Create(coefficients[i..]).AsInt32() ^ signs).AsSingle().CopyTo(values[i..]);
        }

        // As floats, because zero is not above minus zero.
        Vector256<float> median = Vector256.Create(Median(values));
        for (int i = 0; i < Side; i++)
        {
            ReadOnlySpan<float> row = values.Slice(i * Side, Side);
            uint low = Vector256.GreaterThan(Vector256.Create(row), median).ExtractMostSignificantBits();
            uint high = Vector256.GreaterThan(Vector256.Create(row[8..]), median).ExtractMostSignificantBits();
            rows[i] = (ushort)(low | (high << 8));
        }
    }

    private static void Both(Span<ushort> rows, Span<Hash256> destination, Dihedral straight, Dihedral exchanged)
    {
        destination[(int)straight] = Pack(rows);
        Exchange(rows);
        destination[(int)exchanged] = Pack(rows);
    }

    // Exchanges rows and columns of 16 by 16 bits: quarters, then quarters of those, and so on.
    private static void Exchange(Span<ushort> rows)
    {
        int mask = 0x00FF;
        for (int step = Side / 2; step != 0; step >>= 1, mask ^= mask << step)
        {
            for (int k = 0; k < Side; k = ((k | step) + 1) & ~step)
            {
                int change = ((rows[k] >> step) ^ rows[k | step]) & mask;
                rows[k] = (ushort)(rows[k] ^ (change << step));
                rows[k | step] = (ushort)(rows[k | step] ^ change);
            }
        }
    }

    private static Hash256 Pack(ReadOnlySpan<ushort> rows) => new(
        Word(rows), Word(rows[4..]), Word(rows[8..]), Word(rows[12..]));

    private static ulong Word(ReadOnlySpan<ushort> rows) =>
        rows[0] | ((ulong)rows[1] << 16) | ((ulong)rows[2] << 32) | ((ulong)rows[3] << 48);
}
