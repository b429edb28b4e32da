using System.Globalization;
using HashMatch.Load;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>How searches fare beside inserts and merging, and how much memory merging takes.</summary>
internal static class LiveReport
{
    private const int InsertsPerSecond = 50_000;
    private const int LeastBulk = 200_000;

    // Longer than in the plain report: merging must have its turn in a round.
    private const int RoundsTime = 4;

    /// <exception cref="MatcherFailure">It cannot be made.</exception>
    public static LiveLine Run(MatcherQuestion question, Progress progress)
    {
        var list = HashList.Of(question, progress);
        TimeSpan time = question.RoundTime * RoundsTime;
        int paced = (int)(question.Rounds * time.TotalSeconds * InsertsPerSecond * 1.1);
        Hash256[] more = list.CreateOthers(paced + Math.Max(list.Rows.Length / 4, LeastBulk));
        var searcher = new LiveSearcher(list, question.Distance);
        long before = ResidentMemory.AfterCollection();
        using var fillingPeak = new MemoryPeak();
        using var built = BuiltIndex.Build(list.Rows, question.Rest, progress);
        fillingPeak.Dispose();

        // Apart from those to be counted.
        new LiveSearcher(list, question.Distance).RunQuiet(built.Index, time);

        var writer = new LiveWriter(built.Index, more, list.Rows.Length);
        var quiet = new List<RoundFigures>();
        var beside = new List<RoundFigures>();
        for (int round = 1; round <= question.Rounds; round++)
        {
            progress.Say($"Searching alone and beside inserts, round {round} of {question.Rounds}");
            quiet.Add(searcher.RunQuiet(built.Index, time));
            beside.Add(RunBeside(searcher, built.Index, writer, time));
            Background.WaitUntilQuiet(question.Rest);
        }

        double rate = writer.Added / beside.Sum(round => round.WallSeconds);
        progress.Say($"Searching while {more.Length - writer.Added:N0} are added at once");
        using var mergingPeak = new MemoryPeak();
        Thread bulk = writer.StartBulk();
        searcher.RunFlooded(built.Index, writer, () => !bulk.IsAlive && searcher.QuietTime >= question.Rest);
        mergingPeak.Dispose();
        var expected = new Expectation(list.Queries, question.Distance, (query, distance, number, matches) =>
        {
            ScalarScan.Search(list.Rows, 0, query, distance, number, matches);
            ScalarScan.Search(more, list.Rows.Length, query, distance, number, matches);
        });
        Exactness exactness = expected.Verify(new SingleEngine(built.Index));

        double held = list.Rows.Length + writer.Added;
        Spread kept = Spread.OfRatios(
            [.. beside.Select(round => round.Rate)], [.. quiet.Select(round => round.Rate)]);
        Spread cpuKept = Spread.OfRatios(
            [.. quiet.Select(round => round.Processor)], [.. beside.Select(round => round.Processor)]);
        SearchTimes quietTimes = searcher.Quiet.Searches;
        SearchTimes merging = searcher.WhileMerging.Searches;
        return new LiveLine
        {
            Set = list.Name,
            Size = list.Rows.Length,
            Distance = question.Distance,
            Rounds = question.Rounds,
            InsertsPerSecond = rate,
            QuietCpuUsPerQuery = Median.Of(quiet.Select(round => round.Processor)),
            BesideInsertsCpuUsPerQuery = Median.Of(beside.Select(round => round.Processor)),
            LossPercent = 100 * (1 - kept.Median),
            LossPercentMin = 100 * (1 - kept.Max),
            LossPercentMax = 100 * (1 - kept.Min),
            CpuLossPercent = 100 * (1 - cpuKept.Median),
            QuietP50Us = quietTimes.Wall(0.5),
            QuietP999Us = quietTimes.Wall(0.999),
            MergingP50Us = merging.Wall(0.5),
            MergingP999Us = merging.Wall(0.999),
            MergingMaxUs = merging.Wall(1),
            MergingP999ToQuietP50 = merging.Wall(0.999) / quietTimes.Wall(0.5),
            MergingP999ToQuietP999 = merging.Wall(0.999) / quietTimes.Wall(0.999),
            QuietCpuP999ToP50 = quietTimes.Processor(0.999) / quietTimes.Processor(0.5),
            MergingCpuP999ToQuietP50 = merging.Processor(0.999) / quietTimes.Processor(0.5),
            FloodedP999Us = searcher.WhileFlooded.Searches.Wall(0.999),
            ReadsQuietP999ToP50 = searcher.Quiet.Reads.Wall(0.999) / searcher.Quiet.Reads.Wall(0.5),
            ReadsMergingP999ToQuietP50 = searcher.WhileMerging.Reads.Wall(0.999) / searcher.Quiet.Reads.Wall(0.5),
            MergingSearches = merging.Count,
            MergingSeconds = searcher.MergingTime.TotalSeconds,
            BytesPerHash = built.BytesPerHash,
            FillingPeakBytesPerHash = (fillingPeak.Bytes - before) / (double)list.Rows.Length,
            MergingPeakBytesPerHash = (mergingPeak.Bytes - before) / held,
            MergedBytesPerHash = (ResidentMemory.AfterCollection() - before) / held,
            Missed = exactness.Missed,
            Wrong = exactness.Wrong,
        };
    }

    /// <summary>Writes it for a person to read.</summary>
    public static void Write(LiveLine line, TextWriter output) => output.WriteLine(
        $"""
        {line.Processor}, {line.Runtime}
        {line.Size:N0} hashes ({line.Set}), distance {line.Distance}, one thread that searches, {line.Rounds} rounds

        processor time of a query, alone      {line.QuietCpuUsPerQuery,10:N2} us
          beside {line.InsertsPerSecond,6:N0} inserts a second      {line.BesideInsertsCpuUsPerQuery,10:N2} us
        speed lost beside them, median        {line.LossPercent,10:N1} %
          least to most                       {line.LossPercentMin,10:N1} to {line.LossPercentMax:N1} %
          by processor time                   {line.CpuLossPercent,10:N1} %

        time to the answer, alone: median     {line.QuietP50Us,10:N2} us
          p99.9                               {line.QuietP999Us,10:N2} us
        the same while merging: median        {line.MergingP50Us,10:N2} us ({line.MergingSearches:N0} searches)
          p99.9                               {line.MergingP999Us,10:N2} us
          most                                {line.MergingMaxUs,10:N2} us
        that p99.9 to the median alone        {Ratio(line.MergingP999ToQuietP50),10}
          to the p99.9 alone                  {Ratio(line.MergingP999ToQuietP999),10}
        by processor time: p99.9 to the
          median, alone                       {Ratio(line.QuietCpuP999ToP50),10}
          while merging                       {Ratio(line.MergingCpuP999ToQuietP50),10}
        plain reads at random: p99.9 to their
          median, alone                       {Ratio(line.ReadsQuietP999ToP50),10}
          while merging                       {Ratio(line.ReadsMergingP999ToQuietP50),10}
        p99.9 while a quarter was added       {line.FloodedP999Us,10:N2} us

        bytes/hash at rest                    {line.BytesPerHash,10:N1}
          at most while it was filled         {line.FillingPeakBytesPerHash,10:N1}
          at most while a quarter was added   {line.MergingPeakBytesPerHash,10:N1}
          at rest after that                  {line.MergedBytesPerHash,10:N1}

        {line.Missed:N0} missed, {line.Wrong:N0} wrong
        """);

    private static string Ratio(double? ratio) =>
        ratio?.ToString("N2", CultureInfo.InvariantCulture) ?? "(no merge)";

    private static RoundFigures RunBeside(
        LiveSearcher searcher, HashIndex index, LiveWriter writer, TimeSpan time)
    {
        var elapsed = System.Diagnostics.Stopwatch.StartNew();
        bool isOver = false;
        Thread thread = writer.StartPaced(InsertsPerSecond, () => Volatile.Read(ref isOver));
        RoundFigures figures = searcher.RunBeside(index, writer, () => elapsed.Elapsed >= time);
        Volatile.Write(ref isOver, true);
        thread.Join();
        return figures;
    }
}
