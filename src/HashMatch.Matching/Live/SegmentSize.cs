namespace HashMatch.Matching.Live;

/// <summary>What the plan of merges knows of a segment.</summary>
/// <param name="Count">How many entries it has, dead ones included.</param>
/// <param name="Dead">How many of them are dead.</param>
/// <param name="IsIndexed">Whether it has an index of its own, not only what a merge that failed has joined.</param>
internal readonly record struct SegmentSize(int Count, int Dead, bool IsIndexed);
