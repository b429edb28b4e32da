using System.Text.Json;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>
/// A chart and, beside it, the lines that it is drawn from: what was measured once is not measured again.
/// </summary>
internal sealed class ChartSeries
{
    private static readonly string[] Engines =
        [ScanEngine.EngineName, SingleEngine.EngineName, BatchEngine.EngineName];

    private readonly string _chart;
    private readonly string _lines;
    private readonly MatcherQuestion _question;
    private readonly List<EngineLine> _known;

    /// <exception cref="MatcherFailure">The lines of an earlier run cannot be read.</exception>
    public ChartSeries(string chart, MatcherQuestion question)
    {
        _chart = chart;
        _lines = Path.ChangeExtension(chart, ".jsonl");
        _question = question;
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(chart))))
        {
            // Said now, and not after an hour of measuring.
            throw new MatcherFailure($"{chart} would lie in a folder that is not there.");
        }

        _known = Guard(
            _lines, () => File.Exists(_lines) ? File.ReadLines(_lines).Select(Parse).ToList() : []);
    }

    /// <summary>Measures the sizes that are missing, and draws.</summary>
    /// <returns>The lines that the chart shows.</returns>
    public List<EngineLine> Run(IEnumerable<int> sizes, Progress progress)
    {
        foreach (int size in sizes.Order().Distinct())
        {
            if (Shown().Count(line => line.Size == size) == Engines.Length)
            {
                continue;
            }

            List<EngineLine> lines = MatcherReport.Run(_question with { Size = size }, progress);
            _known.AddRange(lines);
            Guard(_lines, () => File.AppendAllLines(_lines, lines.Select(ReportJson.Write)));
        }

        List<EngineLine> shown = Shown();
        if (shown.Count == 0)
        {
            throw new MatcherFailure($"{_lines} has no line of this set, distance, threads and batch to draw.");
        }

        string chart = MatcherChart.Draw(shown).ToString() + "\n";
        Guard(_chart, () => File.WriteAllText(_chart, chart));
        return shown;
    }

    // Of what was measured more than once, the last.
    private List<EngineLine> Shown() =>
    [
        .. _known
            .Where(line => line.Set == _question.SetName
                && line.Distance == _question.Distance
                && line.Threads == _question.Threads
                && Engines.Contains(line.Engine)
                && (line.Engine != BatchEngine.EngineName || line.Batch == _question.Batch))
            .GroupBy(line => (line.Engine, line.Size))
            .Select(group => group.Last())
            .OrderBy(line => Array.IndexOf(Engines, line.Engine)),
    ];

    private EngineLine Parse(string line, int number)
    {
        try
        {
            EngineLine parsed = ReportJson.Read<EngineLine>(line);
            return parsed is { Size: > 0, CpuUsPerQuery: > 0 and < double.PositiveInfinity }
                ? parsed
                : throw new MatcherFailure($"{_lines}, line {number + 1}: a size or time is missing.");
        }
        catch (JsonException)
        {
            throw new MatcherFailure($"{_lines}, line {number + 1}: this is not a line of the report.");
        }
    }

    private static T Guard<T>(string path, Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatcherFailure($"{path} cannot be used: {error.Message}");
        }
    }

    private static void Guard(string path, Action access) => Guard(path, () =>
    {
        access();
        return true;
    });
}
