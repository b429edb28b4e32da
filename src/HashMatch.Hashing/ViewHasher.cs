using HashMatch.Matching;

namespace HashMatch.Hashing;

/// <summary>Looks at a picture in several ways, so that its edited copies can be found by plain hashes.</summary>
/// <remarks>
/// The raw view is PDQ of every pixel, bit for bit. All others are PDQ's transform of 64 by 64 samples of one reduced
/// picture, so that sixteen of a large picture cost about a fifth more than one. A platform that looks up the wide
/// views of an upload finds it if any of them is near any registered view. A hasher keeps its working memory and is not
/// safe for use by two threads at once: have one on each. Apply a picture's EXIF orientation before.
/// </remarks>
public sealed class ViewHasher
{
    /// <summary>The most views that are registered of one picture: 16.</summary>
    public const int MaxRegistered = 16;

    /// <summary>
    /// The most hashes that are looked up for one picture, negatives not counted: 8 views in 8 turns and 8 as they are.
    /// </summary>
    public const int MaxQueried = (MaxTurnedViews * PdqHasher.DihedralCount) + MaxUprightViews;

    /// <summary>How many parts are looked up only as they are.</summary>
    internal const int MaxUprightViews = 8;

    private const int MaxTurnedViews = 8;

    // Smooth parts are like each other sooner than whole pictures are: most near misses among photos lie below.
    private const int LeastPartQuality = 70;

    // Two views as near as this find the same copies.
    private const int SameDistance = 10;

    private readonly PdqHasher _hasher = new();
    private readonly ReducedLuma _luma = new();
    private readonly FrameFinder _frames = new();
    private readonly float[] _samples = new float[BlurLayout.Side * BlurLayout.Side];
    private readonly float[] _half = new float[CosineTransform.Outputs * BlurLayout.Side];
    private readonly float[] _coefficients = new float[CosineTransform.Outputs * CosineTransform.Outputs];
    private readonly Hash256[] _turns = new Hash256[PdqHasher.DihedralCount];
    private readonly List<PictureView> _views = [];

    /// <summary>Gives the views to register.</summary>
    /// <param name="pixels">The rows, top row first, without gaps, at least as many as the sides say.</param>
    /// <param name="width">Pixels a row, from 1 to <see cref="PdqHasher.MaxSide"/>.</param>
    /// <param name="height">Rows, from 1 to <see cref="PdqHasher.MaxSide"/>.</param>
    /// <param name="format">The form of one pixel.</param>
    /// <param name="views">Which views.</param>
    /// <returns>
    /// 1 to <see cref="MaxRegistered"/> views, the picture, or the photo in its stead, first; none if it has too little
    /// detail to be told from others. The list is used again by the next call.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A side is out of range, there are too few pixels, or no such format or set of views.
    /// </exception>
    public IReadOnlyList<PictureView> Register(
        ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, RegisterViews views)
    {
        if (views is not (RegisterViews.Plain or RegisterViews.Wide))
        {
            throw new ArgumentOutOfRangeException(nameof(views));
        }

        Take(pixels, width, height, format);
        if (_frames.Replacement is PixelBox frame)
        {
            AddCut(pixels, width, height, format, frame);
        }
        else
        {
            Add(new PictureView(ViewPlan.Raw, Dihedral.Identity, _hasher.Hash(pixels, width, height, format)));
        }

        if (views == RegisterViews.Wide && _views.Count > 0)
        {
            PixelBox photo = _frames.Certain ?? _luma.Bounds;
            if (_frames.Replacement is null && _frames.Seeming is PixelBox seeming)
            {
                AddShown(ViewPlan.FrameNames[0], ViewPlacement.Whole(seeming));
            }

            foreach (ViewShape shape in ViewPlan.Registered)
            {
                if (_views.Count == MaxRegistered)
                {
                    break;
                }

                AddShown(shape.Name, shape.Place(photo));
            }
        }

        return _views;
    }

    /// <summary>Gives the views to look up.</summary>
    /// <param name="pixels">The rows, top row first, without gaps, at least as many as the sides say.</param>
    /// <param name="width">Pixels a row, from 1 to <see cref="PdqHasher.MaxSide"/>.</param>
    /// <param name="height">Rows, from 1 to <see cref="PdqHasher.MaxSide"/>.</param>
    /// <param name="format">The form of one pixel.</param>
    /// <param name="views">Which views.</param>
    /// <returns>
    /// Up to <see cref="MaxQueried"/> views, the raw one as it is first; none if the picture has too little detail. The
    /// list is used again by the next call.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A side is out of range, there are too few pixels, or no such format or set of views.
    /// </exception>
    public IReadOnlyList<PictureView> Query(
        ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, QueryViews views)
    {
        if (views is not (QueryViews.Plain or QueryViews.Turned or QueryViews.Wide))
        {
            throw new ArgumentOutOfRangeException(nameof(views));
        }

        if (views == QueryViews.Wide)
        {
            Take(pixels, width, height, format);
        }
        else
        {
            _views.Clear();
        }

        if (views == QueryViews.Plain)
        {
            Add(new PictureView(ViewPlan.Raw, Dihedral.Identity, _hasher.Hash(pixels, width, height, format)));
            return _views;
        }

        int quality = _hasher.HashDihedral(pixels, width, height, format, _turns);

        if (width == BlurLayout.Side && height == BlurLayout.Side)
        {
            // Only there the first of the turned hashes is not the plain one, which is what lists hold.
            _turns[0] = _hasher.Hash(pixels, width, height, format).Hash;
        }

        AddTurns(ViewPlan.Raw, quality);
        if (views == QueryViews.Wide)
        {
            AddQueried();
        }

        return _views;
    }

    private void AddQueried()
    {
        if (_frames.Certain is PixelBox photo)
        {
            AddQueried(
                [photo, .. _frames.Sure.Where(box => box != photo)], ViewPlan.MostSure, ViewPlan.InFrame, photo);
        }
        else if (_frames.Sure.Count > 0)
        {
            AddQueried(_frames.Sure, ViewPlan.MostSure, ViewPlan.BesideFrames, _luma.Bounds);
        }
        else
        {
            AddQueried(_frames.Doubtful, ViewPlan.MostDoubtful, ViewPlan.WithoutFrame, _luma.Bounds);
        }
    }

    private void AddQueried(IReadOnlyList<PixelBox> places, int mostPlaces, QueriedShapes shapes, PixelBox photo)
    {
        int added = AddPlaces(places, mostPlaces);
        foreach (ViewShape shape in shapes.Turned.Take(MaxTurnedViews - 1 - added))
        {
            AddShownTurns(shape.Name, shape.Place(photo), LeastPartQuality);
        }

        foreach (ViewShape shape in shapes.Upright)
        {
            AddShown(shape.Name, shape.Place(photo));
        }
    }

    private int AddPlaces(IReadOnlyList<PixelBox> places, int most)
    {
        int count = Math.Min(places.Count, most);
        for (int k = 0; k < count; k++)
        {
            AddShownTurns(ViewPlan.FrameNames[k], ViewPlacement.Whole(places[k]), Fingerprint.MinimumQuality);
        }

        return count;
    }

    private unsafe void Take(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format)
    {
        PdqHasher.Check(pixels, width, height, format);
        _views.Clear();
        fixed (byte* start = pixels)
        {
            _luma.Take(start, width, height, (long)width * Luma.BytesPerPixel(format), format);
        }

        _frames.Find(_luma);
    }

    // At the full resolution, as somebody would hash it who had cut it out.
    private void AddCut(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, PixelBox frame)
    {
        int left = (int)((long)frame.X * width / _luma.Width);
        int top = (int)((long)frame.Y * height / _luma.Height);
        int right = (int)((long)frame.Right * width / _luma.Width);
        int bottom = (int)((long)frame.Bottom * height / _luma.Height);
        int pixelBytes = Luma.BytesPerPixel(format);
        int stride = checked(width * pixelBytes);
        ReadOnlySpan<byte> cut = pixels[checked((int)(((long)top * stride) + ((long)left * pixelBytes)))..];
        Add(new PictureView(
            ViewPlan.FrameNames[0],
            Dihedral.Identity,
            _hasher.Hash(cut, right - left, bottom - top, stride, format)));
    }

    private void AddShown(string name, in ViewPlacement placement)
    {
        int quality = Show(placement);
        if (quality >= LeastPartQuality)
        {
            Add(new PictureView(name, Dihedral.Identity, new Fingerprint(HashBits.Of(_coefficients), quality)));
        }
    }

    private void AddShownTurns(string name, in ViewPlacement placement, int leastQuality)
    {
        int quality = Show(placement);
        if (quality >= leastQuality)
        {
            HashBits.AllOf(_coefficients, _turns);
            AddTurns(name, quality);
        }
    }

    private int Show(in ViewPlacement placement)
    {
        ViewSampler.Read(_luma, placement, _samples);
        CosineTransform.Apply(_samples, _half, _coefficients);
        return Quality.Of(_samples);
    }

    private void AddTurns(string name, int quality)
    {
        for (int turn = 0; turn < PdqHasher.DihedralCount; turn++)
        {
            Add(new PictureView(name, (Dihedral)turn, new Fingerprint(_turns[turn], quality)));
        }
    }

    private void Add(PictureView view)
    {
        bool isNew = view.Fingerprint.IsUsable;
        for (int k = 0; isNew && k < _views.Count; k++)
        {
            isNew = view.Fingerprint.Hash.DistanceTo(_views[k].Fingerprint.Hash) > SameDistance;
        }

        if (isNew)
        {
            _views.Add(view);
        }
    }
}
