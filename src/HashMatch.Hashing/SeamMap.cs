using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>Where neighbouring cells differ as pictures do that were put beside each other.</summary>
/// <remarks>
/// A seam is a step with smoother ground on both sides of it, or two steps of one direction where the reduction has
/// mixed both sides in one cell. Edges within a photo are rarely that straight for long. Counts are summed along each
/// line, so that the share of seam on any stretch of a line is two look-ups.
/// </remarks>
internal sealed class SeamMap
{
    /// <summary>From this difference of neighbours on, one step may be a seam.</summary>
    public const int SharpStep = 8;

    /// <summary>From this difference on, two steps together may be one.</summary>
    public const int MixedStep = 12;

    // Seams so near an edge leave nothing to compare with.
    private const int Margin = 3;

    // The sums of a line that is a row follow one another; of lines that are columns, those of all lie side by side.
    private short[] _sums = [];
    private int _lineStep;
    private int _alongStep;

    /// <summary>The lines across which steps are looked for: rows for horizontal seams.</summary>
    public int Lines { get; private set; }

    /// <summary>The length of each line.</summary>
    public int Length { get; private set; }

    /// <summary>Finds the steps between each line and the one before it.</summary>
    /// <param name="luma">The picture.</param>
    /// <param name="isHorizontal">Whether lines are rows.</param>
    public unsafe void Find(ReducedLuma luma, bool isHorizontal)
    {
        Lines = isHorizontal ? luma.Height : luma.Width;
        Length = isHorizontal ? luma.Width : luma.Height;
        _lineStep = isHorizontal ? Length + 1 : 1;
        _alongStep = isHorizontal ? 1 : Lines;
        int size = Lines * (Length + 1);
        if (_sums.Length < size)
        {
            _sums = new short[size];
        }

        Array.Clear(_sums, 0, size);
        fixed (byte* cells = luma.Cells)
        fixed (short* sums = _sums)
        {
            if (isHorizontal)
            {
                for (int line = Margin; line < Lines - Margin; line++)
                {
                    CountAlong(cells + (line * Length), Length, Length, sums + (line * _lineStep));
                }
            }
            else
            {
                for (int k = 0; k < Length; k++)
                {
                    short* above = sums + (k * Lines) + Margin;
                    CountDown(cells + (k * Lines) + Margin, Lines - (2 * Margin), above, above + Lines);
                }
            }
        }
    }

    /// <summary>How many cells of a stretch of a line are seam.</summary>
    public int Count(int line, int start, int end)
    {
        int at = line * _lineStep;
        return _sums[at + (end * _alongStep)] - _sums[at + (start * _alongStep)];
    }

    /// <summary>How many cells of a line are seam.</summary>
    public int Count(int line) => _sums[(line * _lineStep) + (Length * _alongStep)];

    private static unsafe void CountAlong(byte* cell, int ahead, int length, short* sums)
    {
        if (Avx2.IsSupported && length >= Seams256.LeastCount)
        {
            Seams256.CountAlong(cell, ahead, length, sums);
            return;
        }

        for (int k = 0; k < length; k++)
        {
            sums[k + 1] = (short)(sums[k] + (IsSeam(cell + k, ahead) ? 1 : 0));
        }
    }

    private static unsafe void CountDown(byte* cell, int count, short* above, short* sums)
    {
        if (Avx2.IsSupported && count >= Seams256.LeastCount)
        {
            Seams256.CountDown(cell, count, above, sums);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            sums[k] = (short)(above[k] + (IsSeam(cell + k, 1) ? 1 : 0));
        }
    }

    /// <summary>Whether there is a step before a cell: what the vector form must equal.</summary>
    /// <param name="cell">The cell, three lines from the picture's edges.</param>
    /// <param name="ahead">From line to line.</param>
    public static unsafe bool IsSeam(byte* cell, int ahead)
    {
        int step = cell[0] - cell[-ahead];
        int size = Math.Abs(step);
        if (size < MixedStep / 2)
        {
            return false;
        }

        int before = cell[-ahead] - cell[-2 * ahead];
        int after = cell[ahead] - cell[0];
        if (size >= SharpStep && size > Math.Abs(before) + Math.Abs(after))
        {
            return true;
        }

        // The larger of two steps is where the seam is said to be; of equal ones the first.
        int beyond = cell[2 * ahead] - cell[ahead];
        int earlier = cell[-2 * ahead] - cell[-3 * ahead];
        return (size >= Math.Abs(after) && IsMixed(step, after, before, beyond))
            || (size > Math.Abs(before) && IsMixed(before, step, earlier, after));
    }

    private static bool IsMixed(int first, int second, int outerBefore, int outerAfter)
    {
        int sum = Math.Abs(first + second);
        return first != 0 && second != 0 && (first > 0) == (second > 0)
            && sum >= MixedStep && sum > 2 * (Math.Abs(outerBefore) + Math.Abs(outerAfter));
    }
}
