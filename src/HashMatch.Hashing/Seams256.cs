using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>The seams and the counts of <see cref="SeamMap"/>, sixteen cells side by side, on AVX2.</summary>
internal static unsafe class Seams256
{
    /// <summary>The fewest cells side by side.</summary>
    public const int LeastCount = 16;

    private const int Half = 8;

    /// <summary>Counts along a line that runs to the right: each sum is the one left of it and its own cell.</summary>
    /// <param name="cell">The first cell of the line.</param>
    /// <param name="ahead">From line to line.</param>
    /// <param name="length">The cells of the line, at least <see cref="LeastCount"/>.</param>
    /// <param name="sums">One more than there are cells; the first is 0.</param>
    public static void CountAlong(byte* cell, int ahead, int length, short* sums)
    {
        // The last sixteen may be some of the sixteen before once more.
        int last = length - LeastCount;
        for (int k = 0; k < last; k += LeastCount)
        {
            SixteenAlong(cell + k, ahead, sums + k);
        }

        SixteenAlong(cell + last, ahead, sums + last);
    }

    /// <summary>Counts along lines that run down, a row of cells: each sum is the one above and its own cell.</summary>
    /// <param name="cell">The first of the cells; lines are beside one another.</param>
    /// <param name="count">The lines, at least <see cref="LeastCount"/>.</param>
    /// <param name="above">A sum for each line.</param>
    /// <param name="sums">Takes a sum for each line.</param>
    public static void CountDown(byte* cell, int count, short* above, short* sums)
    {
        int last = count - LeastCount;
        for (int k = 0; k < last; k += LeastCount)
        {
            (Vector256.Load(above + k) - AreSeams(cell + k, 1)).Store(sums + k);
        }

        (Vector256.Load(above + last) - AreSeams(cell + last, 1)).Store(sums + last);
    }

    private static void SixteenAlong(byte* cell, int ahead, short* sums)
    {
        Vector256<short> seams = AreSeams(cell, ahead);
        Vector128<short> low = SumsOf(seams.GetLower());
        Vector128<short> high = SumsOf(seams.GetUpper()) + Vector128.Create(low[Half - 1]);
        Vector128<short> before = Vector128.Create(sums[0]);
        (before - low).Store(sums + 1);
        (before - high).Store(sums + 1 + Half);
    }

    // Each with all before it.
    private static Vector128<short> SumsOf(Vector128<short> values)
    {
        values += Sse2.ShiftLeftLogical128BitLane(values, 2);
        values += Sse2.ShiftLeftLogical128BitLane(values, 4);
        return values + Sse2.ShiftLeftLogical128BitLane(values, 8);
    }

    // All bits of those that are.
    private static Vector256<short> AreSeams(byte* cell, int ahead)
    {
        Vector256<short> here = Load(cell);
        Vector256<short> previous = Load(cell - ahead);
        Vector256<short> second = Load(cell - (2 * ahead));
        Vector256<short> next = Load(cell + ahead);
        Vector256<short> step = here - previous;
        Vector256<short> before = previous - second;
        Vector256<short> after = next - here;
        Vector256<short> beyond = Load(cell + (2 * ahead)) - next;
        Vector256<short> earlier = second - Load(cell - (3 * ahead));
        Vector256<short> size = Vector256.Abs(step);
        Vector256<short> sizeBefore = Vector256.Abs(before);
        Vector256<short> sizeAfter = Vector256.Abs(after);
        Vector256<short> isSharp = Vector256.GreaterThan(size, Vector256.Create((short)(SeamMap.SharpStep - 1)))
            & Vector256.GreaterThan(size, sizeBefore + sizeAfter);
        Vector256<short> isFirst = Vector256.AndNot(
            AreMixed(step, after, sizeBefore + Vector256.Abs(beyond)), Vector256.GreaterThan(sizeAfter, size));
        Vector256<short> isSecond = Vector256.GreaterThan(size, sizeBefore)
            & AreMixed(before, step, Vector256.Abs(earlier) + sizeAfter);
        return Vector256.GreaterThan(size, Vector256.Create((short)((SeamMap.MixedStep / 2) - 1)))
            & (isSharp | isFirst | isSecond);
    }

    private static Vector256<short> AreMixed(Vector256<short> first, Vector256<short> second, Vector256<short> outer)
    {
        Vector256<short> sum = Vector256.Abs(first + second);
        Vector256<short> areAlike = Vector256.GreaterThan(Avx2.Sign(first, second), Vector256<short>.Zero);
        return areAlike & Vector256.GreaterThan(sum, Vector256.Create((short)(SeamMap.MixedStep - 1)))
            & Vector256.GreaterThan(sum, outer + outer);
    }

    private static Vector256<short> Load(byte* cells) => Avx2.ConvertToVector256Int16(cells);
}
