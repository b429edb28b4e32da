namespace HashMatch.Hashing;

/// <summary>The parts of an upload that are looked up, most useful first.</summary>
/// <param name="Turned">In all eight turns, as many as there is room for beside what is in frames.</param>
/// <param name="Upright">Only as they are, all of them: most copies are cropped, few of those are mirrored too.</param>
internal sealed record QueriedShapes(ViewShape[] Turned, ViewShape[] Upright);
