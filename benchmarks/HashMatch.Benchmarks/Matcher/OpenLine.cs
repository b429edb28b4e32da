namespace HashMatch.Benchmarks.Matcher;

/// <summary>What the report says of opening a snapshot file: a line of JSON. Times are in milliseconds.</summary>
internal sealed record OpenLine
{
    public string Report { get; } = "open";

    public required string Set { get; init; }

    public required int Size { get; init; }

    public required int Distance { get; init; }

    public required int Rounds { get; init; }

    public required double SaveMs { get; init; }

    public required double FileBytesPerHash { get; init; }

    /// <summary>From the call that opens the file to the first right answer, with the file in the page cache.</summary>
    public required double FirstAnswerMs { get; init; }

    public required double FirstAnswerMsMin { get; init; }

    public required double FirstAnswerMsMax { get; init; }

    /// <summary>The same when the file had to be read from the disk.</summary>
    public required double FromDiskMs { get; init; }

    public required double FromDiskMsMin { get; init; }

    public required double FromDiskMsMax { get; init; }

    /// <summary>Of that time, the first search, in the median.</summary>
    public required double FirstSearchMs { get; init; }

    /// <summary>Processor time of opening, until nothing was left to do in the background.</summary>
    public required double CpuMs { get; init; }

    /// <summary>What was missed or wrong in the queries asked as soon as it was open.</summary>
    public required long Missed { get; init; }

    public required long Wrong { get; init; }

    public string Processor { get; } = Machine.Processor;

    public string Runtime { get; } = Machine.Runtime;
}
