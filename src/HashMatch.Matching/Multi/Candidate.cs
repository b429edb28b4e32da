namespace HashMatch.Matching.Multi;

/// <summary>A posting that its check bits let pass.</summary>
/// <param name="Run">The place of its run in the list.</param>
/// <param name="Offset">Its place in the run.</param>
internal readonly record struct Candidate(int Run, int Offset);
