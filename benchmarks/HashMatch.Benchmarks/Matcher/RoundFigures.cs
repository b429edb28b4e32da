namespace HashMatch.Benchmarks.Matcher;

/// <summary>What one round of one engine gave.</summary>
/// <param name="Queries">How many queries were answered.</param>
/// <param name="ProcessorSeconds">The threads' processor time.</param>
/// <param name="WallSeconds">The time that passed, of all threads together.</param>
/// <param name="Rate">Queries a second.</param>
internal readonly record struct RoundFigures(long Queries, double ProcessorSeconds, double WallSeconds, double Rate)
{
    /// <summary>Processor time a query, in microseconds.</summary>
    public double Processor => ProcessorSeconds / Queries * 1e6;

    /// <summary>The time from question to answer (of a batch, its share), in microseconds.</summary>
    public double Wall => WallSeconds / Queries * 1e6;

    /// <summary>Puts together what threads did at the same time.</summary>
    public static RoundFigures OfThreads(IReadOnlyCollection<RoundFigures> threads) => new(
        threads.Sum(thread => thread.Queries),
        threads.Sum(thread => thread.ProcessorSeconds),
        threads.Sum(thread => thread.WallSeconds),
        threads.Sum(thread => thread.Rate));
}
