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

    // Of what lies outside, in hundredths. Letters stand on the plain ground of screens, but a blurred copy has none.
    private const int MostlySmooth = 75;
    private const int WhollySmooth = 90;

    // A tenth of the picture, and a fifth where it is of one luma, as the bars of captions are too.
    private const int LeastPart = 10;
    private const int LeastPartOfPanel = 5;

    private readonly SeamBoxes _seams = new();
    private readonly BlankedView _blanked = new();
    private readonly List<PixelBox> _sure = [];
    private readonly List<PixelBox> _doubtful = [];

    /// <summary>Places with a frame around them, best first; none for a picture without a frame.</summary>
    public IReadOnlyList<PixelBox> Sure => _sure;

    /// <summary>Places that lines within a photo may make believe, best first.</summary>
    public IReadOnlyList<PixelBox> Doubtful => _doubtful;

    /// <summary>The place whose frame is plain beyond doubt; null for most.</summary>
    public PixelBox? Certain { get; private set; }

    /// <summary>
    /// <see cref="Certain"/> again if it is to be registered in the picture's stead, since the picture would be like
    /// others in the same frame; null for most.
    /// </summary>
    public PixelBox? Replacement { get; private set; }

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

        (Certain, bool isAlone) = FindCertain(luma, seams);
        Replacement = isAlone ? Certain : null;
        Seeming = Certain is null && _sure.Count > 0 && !UniformFrame.IsPanel(luma, _sure[0]) ? _sure[0] : Certain;
    }

    private static bool IsSame(PixelBox left, PixelBox right) => left.OverlapInThousandths(right) > SameOverlap;

    // Whether what lies outside is as smooth as the grounds of screens, borders and blurred copies are.
    private static bool IsFramed(ReducedLuma luma, PixelBox box, int hundredths)
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

        return smooth * 100 >= all * hundredths;
    }

    private static bool IsStrong(IReadOnlyList<(PixelBox Box, int Score)> seams, PixelBox box)
    {
        bool isStrong = false;
        foreach ((PixelBox seam, int score) in seams)
        {
            isStrong |= score >= SeamBoxes.Strong && IsSame(seam, box);
        }

        return isStrong;
    }

    // A panel of one luma counts only where nothing else does: drawings on a plain ground look like one.
    private (PixelBox? Place, bool IsAlone) FindCertain(
        ReducedLuma luma, IReadOnlyList<(PixelBox Box, int Score)> seams)
    {
        PixelBox? certain = null;
        PixelBox? panel = null;
        bool isPlain = false;
        foreach (PixelBox box in _sure)
        {
            if (box.Area * LeastPart < luma.Bounds.Area)
            {
                continue;
            }

            bool isOnGround = UniformFrame.HasFlatGround(luma, box);
            if (!IsFramed(luma, box, isOnGround ? MostlySmooth : WhollySmooth))
            {
                continue;
            }

            bool isPlainHere = isOnGround && UniformFrame.HasSharpSides(luma, box);
            isPlain |= isPlainHere;
            bool isFrame = isPlainHere || (isOnGround && _blanked.ShowsFrame(luma, box));
            if (!UniformFrame.IsPanel(luma, box))
            {
                certain ??= isFrame || IsStrong(seams, box) ? box : null;
            }
            else if (isFrame && box.Area * LeastPartOfPanel >= luma.Bounds.Area)
            {
                panel ??= box;
            }

            if (certain is not null && isPlain)
            {
                break;
            }
        }

        PixelBox? place = certain ?? panel;
        return (place, isPlain || (place is PixelBox found && _blanked.ShowsFrame(luma, found)));
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
