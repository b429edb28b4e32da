using System.Diagnostics;
using HashMatch.Load;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>How long it takes from opening a snapshot file to the first right answer.</summary>
internal static class OpenReport
{
    /// <exception cref="MatcherFailure">It cannot be made.</exception>
    public static async Task<OpenLine> RunAsync(
        MatcherQuestion question, string folder, Progress progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new MatcherFailure($"{folder} is no folder.");
        }

        var list = HashList.Of(question, progress);
        var expected = new Expectation(list.Queries, question.Distance, (query, distance, number, matches) =>
            ScalarScan.Search(list.Rows, 0, query, distance, number, matches));

        string path = Path.Combine(folder, $"matcher-{Guid.NewGuid():N}.index");
        try
        {
            TimeSpan saving = await SaveAsync(question, list, path, progress, cancellationToken);
            var fromDisk = new List<Opening>();
            var fromMemory = new List<Opening>();
            for (int round = 1; round <= question.Rounds; round++)
            {
                progress.Say($"Opening from the disk, round {round} of {question.Rounds}, and waiting until it rests");
                PageCache.Forget(path);
                fromDisk.Add(await OpenAsync(path, list, question, expected, cancellationToken));
                progress.Say($"Opening from memory, and waiting until it rests");
                fromMemory.Add(await OpenAsync(path, list, question, expected, cancellationToken));
            }

            double[] memory = [.. fromMemory.Select(opening => opening.FirstAnswer.TotalMilliseconds)];
            double[] disk = [.. fromDisk.Select(opening => opening.FirstAnswer.TotalMilliseconds)];
            return new OpenLine
            {
                Set = list.Name,
                Size = list.Rows.Length,
                Distance = question.Distance,
                Rounds = question.Rounds,
                SaveMs = saving.TotalMilliseconds,
                FileBytesPerHash = new FileInfo(path).Length / (double)list.Rows.Length,
                FirstAnswerMs = Median.Of(memory),
                FirstAnswerMsMin = memory.Min(),
                FirstAnswerMsMax = memory.Max(),
                FromDiskMs = Median.Of(disk),
                FromDiskMsMin = disk.Min(),
                FromDiskMsMax = disk.Max(),
                FirstSearchMs = Median.Of(fromMemory.Select(opening => opening.FirstSearch.TotalMilliseconds)),
                CpuMs = 1e3 * Median.Of(fromMemory.Select(opening => opening.ProcessorSeconds)),
                Missed = fromDisk.Concat(fromMemory).Sum(opening => opening.Exactness.Missed),
                Wrong = fromDisk.Concat(fromMemory).Sum(opening => opening.Exactness.Wrong),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatcherFailure($"{path} cannot be written and read: {error.Message}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes it for a person to read.</summary>
    public static void Write(OpenLine line, TextWriter output) => output.WriteLine(
        $"""
        {line.Processor}, {line.Runtime}
        {line.Size:N0} hashes ({line.Set}), distance {line.Distance}, {line.Rounds} rounds

        from opening to the first answer  {line.FirstAnswerMs,10:N1} ms (to {line.FirstAnswerMsMax:N1})
          of which the search             {line.FirstSearchMs,10:N1} ms
          with a file not in memory yet   {line.FromDiskMs,10:N1} ms (to {line.FromDiskMsMax:N1})
          processor time, background too  {line.CpuMs,10:N1} ms
        saving                            {line.SaveMs,10:N1} ms, {line.FileBytesPerHash:N1} bytes/hash

        {line.Missed:N0} missed, {line.Wrong:N0} wrong
        """);

    private static async Task<TimeSpan> SaveAsync(
        MatcherQuestion question,
        HashList list,
        string path,
        Progress progress,
        CancellationToken cancellationToken)
    {
        using var built = BuiltIndex.Build(list.Rows, question.Rest, progress);
        progress.Say($"Saving");
        var elapsed = Stopwatch.StartNew();
        await built.Index.SaveAsync(path, [], cancellationToken);
        return elapsed.Elapsed;
    }

    private static async Task<Opening> OpenAsync(
        string path,
        HashList list,
        MatcherQuestion question,
        Expectation expected,
        CancellationToken cancellationToken)
    {
        // What the last round left must not be collected on this round's time.
        ResidentMemory.AfterCollection();
        double processor = ProcessorTime.OfProcess();
        var elapsed = Stopwatch.StartNew();
        HashIndex index = (await HashIndex.LoadAsync(path, cancellationToken)).Index;
        TimeSpan opened = elapsed.Elapsed;
        var engine = new SingleEngine(index);
        engine.Search(list.Queries.AsSpan(0, 1), question.Distance);
        TimeSpan answered = elapsed.Elapsed;

        // At once, when there may be work left to do; but it is not opening's own time.
        double verifying = ProcessorTime.OfThread();
        Exactness exactness = expected.Verify(engine);
        verifying = ProcessorTime.OfThread() - verifying;
        Background.WaitUntilQuiet(question.Rest);
        processor = ProcessorTime.OfProcess() - processor - verifying;
        ((object)index as IDisposable)?.Dispose();
        return new Opening(answered, answered - opened, processor, exactness);
    }

    private readonly record struct Opening(
        TimeSpan FirstAnswer, TimeSpan FirstSearch, double ProcessorSeconds, Exactness Exactness);
}
