namespace HashMatch.Client.Mirrors;

/// <summary>What a verified page changes.</summary>
/// <param name="Additions">New entries, in the order of their positions.</param>
/// <param name="Bare">Positions of which only the leaf was sent: additions, or nothing.</param>
/// <param name="Withdrawn">Positions of additions, live or bare, that end.</param>
/// <param name="After">Where the feed stands after it.</param>
internal sealed record FeedChanges(
    IReadOnlyList<ListEntry> Additions, IReadOnlyList<ulong> Bare, IReadOnlyList<ulong> Withdrawn, FeedState After);
