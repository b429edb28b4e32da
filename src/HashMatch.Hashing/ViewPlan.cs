namespace HashMatch.Hashing;

/// <summary>Which parts of a photo are registered and looked up: chosen by measuring, see docs/recall.md.</summary>
/// <remarks>
/// A part of the original and a part of a copy are the same where the copy was cropped or turned by what lies between
/// them, so the two lists were chosen together. Changing a name, a number or the order changes what is found of what is
/// registered already.
/// </remarks>
internal static class ViewPlan
{
    /// <summary>The name of the view that shows every pixel.</summary>
    public const string Raw = "raw";

    /// <summary>How many places with a frame around them are looked up.</summary>
    public const int MostSure = 3;

    /// <summary>How many places are looked up that may only seem to have a frame around them.</summary>
    public const int MostDoubtful = 2;

    /// <summary>The names of the views of what is inside frames, likeliest first.</summary>
    public static readonly string[] FrameNames = ["frame-1", "frame-2", "frame-3"];

    /// <summary>What is registered besides the whole photo, most useful first.</summary>
    public static readonly ViewShape[] Registered =
    [
        ViewShape.Turned("turned-right-10", 64540, 11380),
        ViewShape.Turned("turned-left-9", 64729, -10252),
        ViewShape.Middle("middle-92", 925),
        ViewShape.Turned("turned-left-5", 65287, -5712),
        ViewShape.Middle("middle-80", 800),
        ViewShape.Middle("middle-70", 700),
        ViewShape.Turned("turned-right-4", 65376, 4572),
        ViewShape.Aspect("9-to-16", 9, 16),
        ViewShape.Part("low-85", 75, 112, 850, 850),
        ViewShape.Part("left-85", 37, 75, 850, 850),
        ViewShape.Part("low-left-85", 37, 112, 850, 850),
        ViewShape.Part("low-right-85", 112, 112, 850, 850),
        ViewShape.Part("high-right-85", 112, 37, 850, 850),
        ViewShape.Part("top-95", 0, 0, 1000, 950),
        ViewShape.Aspect("16-to-9", 16, 9),
    ];

    /// <summary>What is looked up besides the whole picture where there is no frame, most useful first.</summary>
    public static readonly ViewShape[] Queried =
    [
        ViewShape.Middle("middle-95", 950),
        ViewShape.Turned("turned-right-4", 65376, 4572),
        ViewShape.Part("bottom-95", 0, 50, 1000, 950),
        ViewShape.Part("bottom-left-95", 0, 50, 950, 950),
        ViewShape.Part("left-95", 0, 0, 950, 1000),
        ViewShape.Aspect("9-to-16", 9, 16),
        ViewShape.Part("top-right-95", 50, 0, 950, 950),
    ];

    /// <summary>The same where there is a frame, which may be a line in the photo after all.</summary>
    public static readonly ViewShape[] QueriedBesideFrames =
    [
        ViewShape.Middle("middle-87", 870),
        ViewShape.Middle("middle-70", 700),
        ViewShape.Aspect("square", 1, 1),
        ViewShape.Middle("middle-95", 950),
    ];
}
