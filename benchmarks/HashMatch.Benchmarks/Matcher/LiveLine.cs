namespace HashMatch.Benchmarks.Matcher;

/// <summary>What the report says of searches beside changes: a line of JSON. Times are in microseconds.</summary>
internal sealed record LiveLine
{
    public string Report { get; } = "live";

    public required string Set { get; init; }

    public required int Size { get; init; }

    public required int Distance { get; init; }

    public required int Rounds { get; init; }

    public required double InsertsPerSecond { get; init; }

    public required double QuietCpuUsPerQuery { get; init; }

    public required double BesideInsertsCpuUsPerQuery { get; init; }

    /// <summary>How much of its queries a second a search loses beside the inserts; median of rounds.</summary>
    public required double LossPercent { get; init; }

    public required double LossPercentMin { get; init; }

    public required double LossPercentMax { get; init; }

    /// <summary>The same by processor time, which does not count that threads had to wait for a core.</summary>
    public required double CpuLossPercent { get; init; }

    public double? QuietP50Us { get; init; }

    public double? QuietP999Us { get; init; }

    public double? MergingP50Us { get; init; }

    public double? MergingP999Us { get; init; }

    public double? MergingMaxUs { get; init; }

    /// <summary>The slowest thousandth while merging against the quiet median.</summary>
    public double? MergingP999ToQuietP50 { get; init; }

    /// <summary>The slowest thousandth while merging against that of the quiet searches.</summary>
    public double? MergingP999ToQuietP999 { get; init; }

    /// <summary>The slowest thousandth by processor time against the median, while nothing was going on.</summary>
    public double? QuietCpuP999ToP50 { get; init; }

    /// <summary>The same while merging, against the quiet median.</summary>
    public double? MergingCpuP999ToQuietP50 { get; init; }

    /// <summary>
    /// The slowest thousandth of plain reads at random against their own median, while nothing was going on: what the
    /// machine alone makes of it.
    /// </summary>
    public double? ReadsQuietP999ToP50 { get; init; }

    /// <summary>The same while merging, against the quiet median.</summary>
    public double? ReadsMergingP999ToQuietP50 { get; init; }

    /// <summary>The slowest thousandth while a quarter was added as fast as the index takes it.</summary>
    public double? FloodedP999Us { get; init; }

    public required int MergingSearches { get; init; }

    public required double MergingSeconds { get; init; }

    public required double? BytesPerHash { get; init; }

    /// <summary>The peak while the index was filled from nothing, by each hash that it then held.</summary>
    public required double FillingPeakBytesPerHash { get; init; }

    /// <summary>The peak while a quarter more was added at once, by each hash that it then held.</summary>
    public required double MergingPeakBytesPerHash { get; init; }

    public required double MergedBytesPerHash { get; init; }

    public required long Missed { get; init; }

    public required long Wrong { get; init; }

    public string Processor { get; } = Machine.Processor;

    public string Runtime { get; } = Machine.Runtime;
}
