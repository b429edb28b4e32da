namespace HashMatch.Benchmarks.Matcher;

/// <summary>What a report says of one engine: a line of JSON. Times are in microseconds.</summary>
internal sealed record EngineLine
{
    public required string Engine { get; init; }

    public required string Set { get; init; }

    public required int Size { get; init; }

    public required int Distance { get; init; }

    public required int Threads { get; init; }

    public required int Batch { get; init; }

    public required int Rounds { get; init; }

    public required double CpuUsPerQuery { get; init; }

    public double WallUsPerQuery { get; init; }

    public double QueriesPerSecond { get; init; }

    /// <summary>How many times as fast as the plain scan, by processor time: median of the rounds.</summary>
    public double? Ratio { get; init; }

    public double? RatioMin { get; init; }

    public double? RatioMax { get; init; }

    public long? VerifiedQueries { get; init; }

    public long? Matches { get; init; }

    public double? Recall { get; init; }

    public long? Missed { get; init; }

    public long? Wrong { get; init; }

    public double? BytesPerHash { get; init; }

    public double? BuildUsPerHash { get; init; }

    public double? BuildSeconds { get; init; }

    /// <summary>Processor time of an insert, with the merging that goes on beside inserts.</summary>
    public double? InsertUs { get; init; }

    /// <summary>The same of a removal.</summary>
    public double? RemoveUs { get; init; }

    /// <summary>The processor time that the index used when it was left alone after the inserts, once.</summary>
    public double? RestCpuSeconds { get; init; }

    /// <summary>How many times as many queries a second all threads answer as one does.</summary>
    public double? Scaling { get; init; }

    /// <summary>That as a share of what the loop without memory scales to.</summary>
    public double? ScalingToCompute { get; init; }

    /// <summary>The same by processor time, which does not count that threads had to wait for a core.</summary>
    public double? CpuScalingToCompute { get; init; }

    public string Processor { get; init; } = "";

    public string Runtime { get; init; } = "";

    /// <summary>The same index as this line, with the speed that another line tells.</summary>
    public EngineLine WithSpeedOf(EngineLine other) => other with
    {
        BytesPerHash = BytesPerHash,
        BuildUsPerHash = BuildUsPerHash,
        BuildSeconds = BuildSeconds,
        InsertUs = InsertUs,
        RemoveUs = RemoveUs,
        RestCpuSeconds = RestCpuSeconds,
    };

    public EngineLine WithExactness(Exactness exactness) => this with
    {
        VerifiedQueries = exactness.Queries,
        Matches = exactness.Expected,
        Recall = exactness.Recall,
        Missed = exactness.Missed,
        Wrong = exactness.Wrong,
    };
}
