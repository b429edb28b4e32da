namespace HashMatch.Hashing;

/// <summary>Finds where in a picture the photo is, or the photos are, that somebody may have put there.</summary>
internal sealed class FrameFinder
{
    /// <summary>The most places that are given.</summary>
    public const int MaxCount = 4;

    // Two places nearer to each other than this have like hashes.
    private const int SameOverlap = 940;

    // Luma steps to the right and down, together.
    private const int SmoothSteps = 6;
    private const int FlatRange = 2;

    private readonly SeamBoxes _seams = new();
    private readonly List<PixelBox> _sure = [];
    private readonly List<PixelBox> _doubtful = [];

    /// <summary>Places with a frame around them, best first; none for a picture without a frame.</summary>
    public IReadOnlyList<PixelBox> Sure => _sure;

    /// <summary>Places that lines within a photo may make believe, best first.</summary>
    public IReadOnlyList<PixelBox> Doubtful => _doubtful;

    /// <summary>
    /// The place whose frame is plain beyond doubt, so that it is registered in the picture's stead; null for most.
    /// </summary>
    public PixelBox? Certain { get; private set; }

    /// <summary>The likeliest place, if it may hold a photo; null for most.</summary>
    public PixelBox? Seeming { get; private set; }

    /// <summary>Looks at a picture.</summary>
    public void Find(ReducedLuma luma)
    {
        _sure.Clear();
        _doubtful.Clear();
        PixelBox bounds = luma.Bounds;
        IReadOnlyList<(PixelBox Box, int Score)> seams = _seams.Find(luma);
        foreach ((PixelBox box, int score) in seams)
        {
            if (score >= SeamBoxes.Strong)
            {
                Add(_sure, bounds, box);
            }
        }

        PixelBox within = UniformFrame.Within(luma, bounds);
        PixelBox peeled = UniformFrame.Peel(luma, bounds);
        Add(_sure, bounds, within);
        Add(_sure, bounds, peeled);
        foreach ((PixelBox box, int score) in seams)
        {
            if (score < SeamBoxes.Strong)
            {
                Add(_sure.Count > 0 ? _sure : _doubtful, bounds, box);
            }
        }

        Seeming = _sure.Count > 0 && !UniformFrame.IsPanel(luma, _sure[0]) ? _sure[0] : null;
        Certain = FindCertain(luma, seams, within, peeled);
    }

    private static bool IsSame(PixelBox left, PixelBox right) => left.OverlapInThousandths(right) > SameOverlap;

    // Whether most of what lies outside is as smooth as the grounds of screens, borders and blurred copies are.
    private static bool IsFramed(ReducedLuma luma, PixelBox box)
    {
        long all = 0;
        long smooth = 0;
        for (int y = 0; y < luma.Height - 1; y++)
        {
            bool isBeside = y >= box.Y && y < box.Bottom;
            int at = y * luma.Width;
            for (int x = 0; x < luma.Width - 1; x++, at++)
            {
                if (isBeside && x >= box.X && x < box.Right)
                {
                    continue;
                }

                int cell = luma.Cells[at];
                int steps = Math.Abs(luma.Cells[at + 1] - cell) + Math.Abs(luma.Cells[at + luma.Width] - cell);
                all++;
                smooth += steps <= SmoothSteps ? 1 : 0;
            }
        }

        return smooth * 4 >= all * 3;
    }

    // Whether what lies outside is of one luma, which borders are and skies are not.
    private static bool IsFlat(ReducedLuma luma, PixelBox box)
    {
        int least = 255;
        int most = 0;
        for (int y = 0; y < luma.Height; y++)
        {
            bool isBeside = y >= box.Y && y < box.Bottom;
            int sum = 0;
            int count = 0;
            for (int x = 0; x < luma.Width; x++)
            {
                if (!isBeside || x < box.X || x >= box.Right)
                {
                    sum += luma.Cells[(y * luma.Width) + x];
                    count++;
                }
            }

            if (count > 0)
            {
                least = Math.Min(least, sum / count);
                most = Math.Max(most, sum / count);
            }
        }

        return most - least <= FlatRange;
    }

    private PixelBox? FindCertain(
        ReducedLuma luma, IReadOnlyList<(PixelBox Box, int Score)> seams, PixelBox within, PixelBox peeled)
    {
        foreach (PixelBox box in _sure)
        {
            bool isSeamed = box == within
                && (UniformFrame.HasSharpSides(luma, box) || UniformFrame.HasFlatGround(luma, box));
            foreach ((PixelBox seam, int score) in seams)
            {
                isSeamed |= IsSame(seam, box) && (score >= SeamBoxes.Strong || box == within);
            }

            if (UniformFrame.IsPanel(luma, box))
            {
                continue;
            }

            if ((isSeamed && IsFramed(luma, box)) || (box == peeled && IsFlat(luma, box)))
            {
                return box;
            }
        }

        return null;
    }

    private static void Add(List<PixelBox> places, PixelBox bounds, PixelBox box)
    {
        bool isNew = places.Count < MaxCount && box.OverlapInThousandths(bounds) <= SameOverlap;
        foreach (PixelBox other in places)
        {
            isNew &= box.OverlapInThousandths(other) <= SameOverlap;
        }

        if (isNew)
        {
            places.Add(box);
        }
    }
}
