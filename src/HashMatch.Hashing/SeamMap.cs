namespace HashMatch.Hashing;

/// <summary>Where neighbouring cells differ as pictures do that were put beside each other.</summary>
/// <remarks>
/// A seam is a step with smoother ground on both sides of it, or two steps of one direction where the reduction has
/// mixed both sides in one cell. Edges within a photo are rarely that straight for long. Counts are summed along each
/// line, so that the share of seam on any stretch of a line is two look-ups.
/// </remarks>
internal sealed class SeamMap
{
    private const int SharpStep = 8;
    private const int MixedStep = 12;

    // Seams so near an edge leave nothing to compare with.
    private const int Margin = 3;

    private int[] _sums = [];

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
        int ahead = isHorizontal ? luma.Width : 1;
        int along = isHorizontal ? 1 : luma.Width;
        int size = Lines * (Length + 1);
        if (_sums.Length < size)
        {
            _sums = new int[size];
        }

        Array.Clear(_sums, 0, size);
        fixed (byte* cells = luma.Cells)
        fixed (int* sums = _sums)
        {
            for (int line = Margin; line < Lines - Margin; line++)
            {
                int* sum = sums + (line * (Length + 1));
                byte* cell = cells + (line * ahead);
                int count = 0;
                for (int k = 0; k < Length; k++, cell += along)
                {
                    count += IsSeam(cell, ahead) ? 1 : 0;
                    sum[k + 1] = count;
                }
            }
        }
    }

    /// <summary>How many cells of a stretch of a line are seam.</summary>
    public int Count(int line, int start, int end)
    {
        int at = line * (Length + 1);
        return _sums[at + end] - _sums[at + start];
    }

    /// <summary>How many cells of a line are seam.</summary>
    public int Count(int line) => _sums[(line * (Length + 1)) + Length];

    private static unsafe bool IsSeam(byte* cell, int ahead)
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
