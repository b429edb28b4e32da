namespace HashMatch.Hashing;

/// <summary>A named part of a photo, whatever its size: what of it a view shows.</summary>
internal sealed class ViewShape
{
    private const long One = ViewPlacement.One;

    private readonly Func<PixelBox, ViewPlacement> _place;

    private ViewShape(string name, Func<PixelBox, ViewPlacement> place)
    {
        Name = name;
        _place = place;
    }

    /// <summary>What the view is called: lower-case letters, digits and hyphens.</summary>
    public string Name { get; }

    /// <summary>A rectangle, in thousandths of the photo's sides.</summary>
    public static ViewShape Part(string name, int left, int top, int width, int height) =>
        new(name, box => ViewPlacement.Part(box, left, top, width, height));

    /// <summary>The middle, this many thousandths of both sides.</summary>
    public static ViewShape Middle(string name, int size) =>
        Part(name, (1000 - size) / 2, (1000 - size) / 2, size, size);

    /// <summary>The largest part of these proportions, in the middle.</summary>
    public static ViewShape Aspect(string name, int width, int height) =>
        new(name, box => PlaceAspect(box, width, height));

    /// <summary>
    /// The largest upright rectangle, of the photo's proportions, within the photo turned about its middle.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="cosine">The angle's cosine in 65,536ths: given, as a library's may differ in its last bit.</param>
    /// <param name="sine">Its sine, positive if the view's right side is lower.</param>
    public static ViewShape Turned(string name, int cosine, int sine) =>
        new(name, box => PlaceTurned(box, cosine, sine));

    /// <summary>Where the view is in a photo that fills a rectangle.</summary>
    public ViewPlacement Place(PixelBox box) => _place(box);

    private static ViewPlacement PlaceAspect(PixelBox box, int width, int height)
    {
        long halfWidth = box.Width * One / 2;
        long halfHeight = box.Height * One / 2;
        if ((long)box.Width * height > (long)box.Height * width)
        {
            halfWidth = box.Height * One * width / (2L * height);
        }
        else
        {
            halfHeight = box.Width * One * height / (2L * width);
        }

        return ViewPlacement.Whole(box) with { HalfX = halfWidth, DownY = halfHeight };
    }

    private static ViewPlacement PlaceTurned(PixelBox box, int cosine, int sine)
    {
        long width = box.Width;
        long height = box.Height;
        long size = Math.Abs(sine);
        long scale = Math.Min(
            width * One * One / ((width * cosine) + (height * size)),
            height * One * One / ((width * size) + (height * cosine)));

        // Shifts round towards minus infinity.
        return ViewPlacement.Whole(box) with
        {
            HalfX = (width * scale * cosine) >> 17,
            HalfY = (width * scale * sine) >> 17,
            DownX = (height * scale * -sine) >> 17,
            DownY = (height * scale * cosine) >> 17,
        };
    }
}
