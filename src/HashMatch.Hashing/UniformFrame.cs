namespace HashMatch.Hashing;

/// <summary>Finds the photo within a plain background: borders, letterboxes, screenshots.</summary>
internal static class UniformFrame
{
    // Luma steps. A background that went through JPEG stays within them.
    private const int Tolerance = 14;

    // Around the commonest luma of the outline, what is counted as the same.
    private const int Likeness = 8;

    // What a screen's ground keeps to after JPEG.
    private const int GroundRange = 3;

    private const int Rounds = 3;
    private const int SmallestSide = 24;

    // Rows of letters or a thin line do not end a photo.
    private const int LongestGap = 2;

    /// <summary>Takes rows and columns off the edges for as long as they are of one luma.</summary>
    /// <returns>What is left; <paramref name="bounds"/> itself if nothing of use is left.</returns>
    public static PixelBox Peel(ReducedLuma luma, PixelBox bounds)
    {
        int left = bounds.X;
        int top = bounds.Y;
        int right = bounds.Right;
        int bottom = bounds.Bottom;
        bool changed = true;
        while (changed && right - left >= SmallestSide && bottom - top >= SmallestSide)
        {
            changed = false;
            if (IsPlain(luma, left, right, 1, (top * luma.Width)))
            {
                top++;
                changed = true;
            }

            if (IsPlain(luma, left, right, 1, (bottom - 1) * luma.Width))
            {
                bottom--;
                changed = true;
            }

            if (IsPlain(luma, top, bottom, luma.Width, left))
            {
                left++;
                changed = true;
            }

            if (IsPlain(luma, top, bottom, luma.Width, right - 1))
            {
                right--;
                changed = true;
            }
        }

        return changed ? bounds : new PixelBox(left, top, right - left, bottom - top);
    }

    /// <summary>
    /// Keeps the longest run of rows, then of columns, that are mostly not background; up to three times, for a frame
    /// in a frame. Background is the commonest luma of the outline if it covers 45 % of it.
    /// </summary>
    /// <returns>What is left; <paramref name="bounds"/> itself if there is no background.</returns>
    public static PixelBox Within(ReducedLuma luma, PixelBox bounds)
    {
        PixelBox box = bounds;
        for (int round = 0; round < Rounds; round++)
        {
            if (box.Width < SmallestSide || box.Height < SmallestSide || Background(luma, box) is not int background)
            {
                break;
            }

            PixelBox next = Inner(luma, box, background);
            if (next == box || next.Width * 10 < box.Width || next.Height * 10 < box.Height)
            {
                break;
            }

            box = next;
        }

        return box;
    }

    /// <summary>
    /// Whether each side that is no edge of the picture parts a line of one luma, two cells outside, from a line that
    /// is mostly of others, one cell inside: what the sides of a photo do, and the outline of a thing in it does not.
    /// </summary>
    public static bool HasSharpSides(ReducedLuma luma, PixelBox box)
    {
        int width = luma.Width;
        return (box.X == 0
                || IsSharp(luma, box.Y, box.Bottom, width, Math.Max(0, box.X - 2), box.X + 1))
            && (box.Right == width
                || IsSharp(luma, box.Y, box.Bottom, width, Math.Min(width - 1, box.Right + 1), box.Right - 2))
            && (box.Y == 0
                || IsSharp(luma, box.X, box.Right, 1, Math.Max(0, box.Y - 2) * width, (box.Y + 1) * width))
            && (box.Bottom == luma.Height
                || IsSharp(
                    luma,
                    box.X,
                    box.Right,
                    1,
                    Math.Min(luma.Height - 1, box.Bottom + 1) * width,
                    (box.Bottom - 2) * width));
    }

    /// <summary>
    /// Whether two thirds of what lies outside are of one luma to three steps: screens are, the shadows of a dark photo
    /// are not.
    /// </summary>
    public static bool HasFlatGround(ReducedLuma luma, PixelBox box) =>
        FlatShare(luma, box, isInside: false) * 3 >= 2000;

    /// <summary>Whether half of a rectangle is of one luma to three steps: a panel of a screen, and no photo.</summary>
    public static bool IsPanel(ReducedLuma luma, PixelBox box) => FlatShare(luma, box, isInside: true) >= 500;

    // In thousandths of the cells inside or outside.
    private static int FlatShare(ReducedLuma luma, PixelBox box, bool isInside)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        int all = 0;
        for (int y = 0; y < luma.Height; y++)
        {
            bool isBeside = y >= box.Y && y < box.Bottom;
            for (int x = 0; x < luma.Width; x++)
            {
                if ((isBeside && x >= box.X && x < box.Right) == isInside)
                {
                    counts[luma.Cells[(y * luma.Width) + x]]++;
                    all++;
                }
            }
        }

        int most = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            int near = 0;
            for (int k = Math.Max(0, value - GroundRange); k <= Math.Min(255, value + GroundRange); k++)
            {
                near += counts[k];
            }

            most = Math.Max(most, near);
        }

        return (int)(most * 1000L / Math.Max(1, all));
    }

    private static bool IsSharp(ReducedLuma luma, int start, int end, int step, int outside, int inside)
    {
        if (!IsPlain(luma, start, end, step, outside))
        {
            return false;
        }

        int sum = 0;
        for (int k = start; k < end; k++)
        {
            sum += luma.Cells[outside + (k * step)];
        }

        int others = Others(luma, sum / (end - start), start, end, step, inside);
        return others * 5 >= (end - start) * 3;
    }

    // Whether 98 % lie near the mean.
    private static bool IsPlain(ReducedLuma luma, int start, int end, int step, int offset)
    {
        int sum = 0;
        for (int k = start; k < end; k++)
        {
            sum += luma.Cells[offset + (k * step)];
        }

        int mean = sum / (end - start);
        int others = 0;
        for (int k = start; k < end; k++)
        {
            others += Math.Abs(luma.Cells[offset + (k * step)] - mean) > Tolerance ? 1 : 0;
        }

        return others * 50 <= end - start;
    }

    private static int? Background(ReducedLuma luma, PixelBox box)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (int x = box.X; x < box.Right; x++)
        {
            counts[luma.Cells[(box.Y * luma.Width) + x]]++;
            counts[luma.Cells[((box.Bottom - 1) * luma.Width) + x]]++;
        }

        for (int y = box.Y + 1; y < box.Bottom - 1; y++)
        {
            counts[luma.Cells[(y * luma.Width) + box.X]]++;
            counts[luma.Cells[(y * luma.Width) + box.Right - 1]]++;
        }

        int best = 0;
        int most = -1;
        for (int value = 0; value < counts.Length; value++)
        {
            int near = Near(counts, value);
            if (near > most || (near == most && counts[value] > counts[best]))
            {
                most = near;
                best = value;
            }
        }

        int outline = (2 * box.Width) + (2 * (box.Height - 2));
        return most * 100 >= outline * 45 ? best : null;
    }

    private static int Near(ReadOnlySpan<int> counts, int value)
    {
        int sum = 0;
        for (int k = Math.Max(0, value - Likeness); k <= Math.Min(255, value + Likeness); k++)
        {
            sum += counts[k];
        }

        return sum;
    }

    private static PixelBox Inner(ReducedLuma luma, PixelBox box, int background)
    {
        var rows = new LongestRun(LongestGap);
        for (int y = box.Y; y < box.Bottom; y++)
        {
            int others = Others(luma, background, box.X, box.Right, 1, y * luma.Width);
            rows.Add(others * 2 > box.Width);
        }

        (int top, int height) = rows.End();
        if (height == 0)
        {
            return box;
        }

        top += box.Y;
        var columns = new LongestRun(LongestGap);
        for (int x = box.X; x < box.Right; x++)
        {
            int others = Others(luma, background, top, top + height, luma.Width, x);
            columns.Add(others * 5 > height * 2);
        }

        (int left, int width) = columns.End();
        return width == 0 ? box : new PixelBox(box.X + left, top, width, height);
    }

    private static int Others(ReducedLuma luma, int background, int start, int end, int step, int offset)
    {
        int count = 0;
        for (int k = start; k < end; k++)
        {
            count += Math.Abs(luma.Cells[offset + (k * step)] - background) > Tolerance ? 1 : 0;
        }

        return count;
    }
}
