namespace HashMatch.Hashing;

/// <summary>Finds photos that were put beside, into or over something: panels bounded by seams.</summary>
/// <remarks>
/// Each of the strongest seams across and down, and the edges of the picture, may be a side; a rectangle counts if each
/// side that is no edge of the picture is seam for more than half of its length.
/// </remarks>
internal sealed class SeamBoxes
{
    /// <summary>The most rectangles that are given.</summary>
    public const int MaxCount = 6;

    /// <summary>A score that only sides of nearly unbroken seam reach.</summary>
    public const int Strong = 1600;

    private const int SmallestSide = 48;
    private const int LinesEach = 10;
    private const int Edge = -1;
    private const int Full = 1000;
    private const int LeastSeam = 550;
    private const int PerSide = 150;
    private const int LeastScore = 1100;
    private const int SameOverlap = 800;

    private readonly SeamMap _rows = new();
    private readonly SeamMap _columns = new();
    private readonly int[] _across = new int[LinesEach + 2];
    private readonly int[] _down = new int[LinesEach + 2];
    private readonly List<(PixelBox Box, int Score)> _found = [];
    private readonly List<(PixelBox Box, int Score)> _chosen = [];

    /// <summary>Gives the rectangles, best first. The list is used again by the next call.</summary>
    public IReadOnlyList<(PixelBox Box, int Score)> Find(ReducedLuma luma)
    {
        _found.Clear();
        _chosen.Clear();
        if (luma.Width < SmallestSide || luma.Height < SmallestSide)
        {
            return _chosen;
        }

        _rows.Find(luma, isHorizontal: true);
        _columns.Find(luma, isHorizontal: false);
        ReadOnlySpan<int> across = Strongest(_columns, _across);
        ReadOnlySpan<int> down = Strongest(_rows, _down);
        for (int left = 0; left < across.Length; left++)
        {
            for (int right = left + 1; right < across.Length; right++)
            {
                for (int top = 0; top < down.Length; top++)
                {
                    for (int bottom = top + 1; bottom < down.Length; bottom++)
                    {
                        Try(luma, PixelBoxOf(across[left], down[top], across[right], down[bottom]));
                    }
                }
            }
        }

        Choose();
        return _chosen;
    }

    private static PixelBox PixelBoxOf(int left, int top, int right, int bottom) =>
        new(left, top, right - left, bottom - top);

    // The lines with the most seam, and both edges, in order of position.
    private static ReadOnlySpan<int> Strongest(SeamMap map, int[] lines)
    {
        int count = 0;
        for (int line = 4; line < map.Lines - 4; line++)
        {
            int seam = map.Count(line);
            bool isPeak = seam * 5 >= map.Length && seam >= map.Count(line - 1) && seam > map.Count(line + 1)
                && seam * 10 >= 13 * Math.Max(map.Count(line - 3), map.Count(line + 3));
            if (!isPeak)
            {
                continue;
            }

            int at = count;
            while (at > 0 && map.Count(lines[at - 1]) < seam)
            {
                at--;
            }

            if (at < LinesEach)
            {
                count = Math.Min(count + 1, LinesEach);
                Array.Copy(lines, at, lines, at + 1, count - 1 - at);
                lines[at] = line;
            }
        }

        lines[count] = 0;
        lines[count + 1] = map.Lines;
        Span<int> all = lines.AsSpan(0, count + 2);
        all.Sort();
        return all;
    }

    private static int Share(SeamMap map, int line, int start, int end) =>
        line == 0 || line == map.Lines ? Edge : map.Count(line, start, end) * Full / (end - start);

    private void Try(ReducedLuma luma, PixelBox box)
    {
        if (box.Width * 5 < luma.Width || box.Area * 8 < luma.Bounds.Area || box == luma.Bounds)
        {
            return;
        }

        int least = Full;
        int sum = 0;
        int sides = 0;
        ReadOnlySpan<int> shares =
        [
            Share(_columns, box.X, box.Y, box.Bottom),
            Share(_columns, box.Right, box.Y, box.Bottom),
            Share(_rows, box.Y, box.X, box.Right),
            Share(_rows, box.Bottom, box.X, box.Right),
        ];
        foreach (int share in shares)
        {
            if (share != Edge)
            {
                least = Math.Min(least, share);
                sum += share;
                sides++;
            }
        }

        int score = sides == 0 ? 0 : (sum / sides) + (PerSide * sides) + (least / 2);
        if (least >= LeastSeam && score >= LeastScore)
        {
            _found.Add((box, score));
        }
    }

    private void Choose()
    {
        _found.Sort(static (left, right) => Compare(left, right));
        foreach ((PixelBox box, int score) in _found)
        {
            bool isNew = true;
            foreach ((PixelBox other, _) in _chosen)
            {
                isNew &= box.OverlapInThousandths(other) <= SameOverlap;
            }

            if (isNew)
            {
                _chosen.Add((box, score));
            }

            if (_chosen.Count == MaxCount)
            {
                return;
            }
        }
    }

    // Never equal for two rectangles, so that any sort gives one order.
    private static int Compare((PixelBox Box, int Score) left, (PixelBox Box, int Score) right)
    {
        int order = right.Score.CompareTo(left.Score);
        order = order != 0 ? order : right.Box.Area.CompareTo(left.Box.Area);
        order = order != 0 ? order : left.Box.Y.CompareTo(right.Box.Y);
        order = order != 0 ? order : left.Box.X.CompareTo(right.Box.X);
        return order != 0 ? order : left.Box.Width.CompareTo(right.Box.Width);
    }
}
