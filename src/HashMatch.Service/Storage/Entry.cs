using HashMatch.Matching;

namespace HashMatch.Service.Storage;

/// <summary>One hash on the list, held by at least one case.</summary>
public sealed class Entry
{
    /// <summary>
    /// A random positive number; platforms see only what <see cref="Matching.EntryIds"/> makes of it.
    /// </summary>
    public long Id { get; init; }

    public required Hash256 Hash { get; init; }

    public required DateOnly AddedDay { get; init; }

    /// <summary>Where its addition stands in the feed; null until it is published.</summary>
    public long? FeedPosition { get; init; }
}
