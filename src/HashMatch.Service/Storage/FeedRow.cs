using HashMatch.Matching;

namespace HashMatch.Service.Storage;

/// <summary>One change of the feed. Of an addition that was withdrawn only the leaf stays.</summary>
public sealed class FeedRow
{
    /// <summary>From 1, without gaps.</summary>
    public long Position { get; init; }

    public required byte[] Leaf { get; init; }

    public required byte[] Chain { get; init; }

    /// <summary>How many entries are live after this change.</summary>
    public required long LiveCount { get; init; }

    /// <summary>Of a withdrawal: the position of the addition.</summary>
    public long? Target { get; init; }

    public long? EntryId { get; init; }

    public Hash256? Hash { get; init; }

    public byte[]? Salt { get; init; }
}
