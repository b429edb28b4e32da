using HashMatch.Matching;

namespace HashMatch.Service.Storage;

/// <summary>A hash whose holders may have changed, for the sequencer to look at.</summary>
public sealed class OutboxRow
{
    public long Id { get; init; } = RandomId.Next();

    public required Hash256 Hash { get; init; }
}
