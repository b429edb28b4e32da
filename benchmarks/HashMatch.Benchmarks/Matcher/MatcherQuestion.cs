using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>What a report is asked for.</summary>
internal sealed record MatcherQuestion
{
    /// <summary>The most hashes of a list: what the plain scan's span of words can hold.</summary>
    public const int MaxSize = 500_000_000;

    public HashSetKind Set { get; init; } = HashSetKind.Uniform;

    public string SetName => Set.ToString().ToLowerInvariant();

    public int Size { get; init; } = 1_000_000;

    public string? BaseFile { get; init; }

    public string? QueryFile { get; init; }

    public int Distance { get; init; } = 31;

    public int Threads { get; init; } = 1;

    public int Batch { get; init; } = 256;

    public int Rounds { get; init; } = 5;

    /// <summary>How long each engine searches in each round.</summary>
    public TimeSpan RoundTime { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>For how long the index must have done nothing to be at rest.</summary>
    public TimeSpan Rest { get; init; } = Background.Rest;
}
