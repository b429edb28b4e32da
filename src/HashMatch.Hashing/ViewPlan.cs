namespace HashMatch.Hashing;

/// <summary>Which parts of a photo are registered and looked up: chosen by measuring, see docs/recall.md.</summary>
/// <remarks>
/// A part of the original and a part of a copy are the same where the copy was cropped or turned by what lies between
/// them, so all lists were chosen together. Changing a name, a number or the order changes what is found of what is
/// registered already.
/// </remarks>
internal static class ViewPlan
{
    /// <summary>The name of the view that shows every pixel.</summary>
    public const string Raw = "raw";

    /// <summary>How many places are looked up that have a frame around them, or seem to.</summary>
    public const int MostSure = 3;

    /// <summary>How many places are looked up that lines within a photo may make believe.</summary>
    public const int MostDoubtful = 2;

    /// <summary>The names of the views of what is inside frames, likeliest first.</summary>
    public static readonly string[] FrameNames = ["frame-1", "frame-2", "frame-3"];

    /// <summary>What is registered besides the whole photo, most useful first.</summary>
    public static readonly ViewShape[] Registered =
    [
        ViewShape.Turned("turned-right-10", 64540, 11380),
        ViewShape.Middle("middle-80", 800),
        ViewShape.Turned("turned-left-9", 64729, -10252),
        ViewShape.Middle("middle-90", 900),
        ViewShape.Turned("turned-left-12", 64104, -13626),
        ViewShape.Aspect("16-to-9", 16, 9),
        ViewShape.Middle("middle-95", 950),
        ViewShape.Part("low-85", 75, 112, 850, 850),
        ViewShape.Turned("turned-right-5", 65287, 5712),
        ViewShape.Middle("middle-70", 700),
        ViewShape.Part("top-95", 0, 0, 1000, 950),
        ViewShape.Part("bottom-left-95", 0, 50, 950, 950),
        ViewShape.Part("right-85", 112, 75, 850, 850),
        ViewShape.Part("high-left-85", 37, 37, 850, 850),
        ViewShape.Aspect("9-to-16", 9, 16),
    ];

    /// <summary>What is looked up besides the whole picture where there is no frame.</summary>
    public static readonly QueriedShapes WithoutFrame = new(
        [
            ViewShape.Turned("turned-left-4", 65376, -4572),
            ViewShape.Turned("turned-right-2-5", 65474, 2859),
            ViewShape.Aspect("square", 1, 1),
            ViewShape.Part("bottom-right-95", 50, 50, 950, 950),
            ViewShape.Part("bottom-left-95", 0, 50, 950, 950),
            ViewShape.Part("left-95", 0, 0, 950, 1000),
            ViewShape.Part("top-95", 0, 0, 1000, 950),
        ],
        [
            ViewShape.Part("middle-right-95", 50, 25, 950, 950),
            ViewShape.Part("top-left-90", 0, 0, 900, 900),
            ViewShape.Part("top-right-90", 100, 0, 900, 900),
            ViewShape.Part("bottom-95", 0, 50, 1000, 950),
            ViewShape.Part("top-left-95", 0, 0, 950, 950),
            ViewShape.Part("bottom-left-90", 0, 100, 900, 900),
            ViewShape.Aspect("9-to-16", 9, 16),
            ViewShape.Part("left-90", 0, 0, 900, 1000),
        ]);

    /// <summary>The same where there seems to be a frame, which may be lines in the photo after all.</summary>
    public static readonly QueriedShapes BesideFrames = new(
        [
            ViewShape.Middle("middle-70", 700),
            ViewShape.Middle("middle-92", 925),
            ViewShape.Aspect("square", 1, 1),
            ViewShape.Part("bottom-right-95", 50, 50, 950, 950),
            ViewShape.Turned("turned-left-5", 65287, -5712),
        ],
        [
            ViewShape.Part("top-95", 0, 0, 1000, 950),
            ViewShape.Part("bottom-left-95", 0, 50, 950, 950),
            ViewShape.Middle("middle-85", 850),
            ViewShape.Part("middle-right-95", 50, 25, 950, 950),
            ViewShape.Part("top-left-95", 0, 0, 950, 950),
        ]);

    /// <summary>What is looked up of a photo in a certain frame.</summary>
    public static readonly QueriedShapes InFrame = new(
        [
            ViewShape.Middle("middle-92", 925),
            ViewShape.Part("top-90", 0, 0, 1000, 900),
            ViewShape.Part("bottom-95", 0, 50, 1000, 950),
            ViewShape.Aspect("square", 1, 1),
            ViewShape.Turned("turned-left-4", 65376, -4572),
            ViewShape.Part("left-95", 0, 0, 950, 1000),
        ],
        [
            ViewShape.Part("top-left-95", 0, 0, 950, 950),
            ViewShape.Part("middle-right-95", 50, 25, 950, 950),
            ViewShape.Part("bottom-right-95", 50, 50, 950, 950),
            ViewShape.Part("top-left-85-95", 0, 0, 850, 950),
        ]);
}
