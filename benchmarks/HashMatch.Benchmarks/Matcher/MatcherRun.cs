using System.CommandLine;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>One run of the command <c>matcher</c>, whichever report it was asked for.</summary>
internal sealed class MatcherRun(MatcherOptions options, ParseResult parsed, TextWriter output, Progress progress)
{
    private const int Inexact = 1;

    private readonly MatcherQuestion _question = options.Read(parsed);

    /// <returns>0, or 1 if an answer was not exact.</returns>
    public async Task<int> InvokeAsync(CancellationToken cancellationToken)
    {
        if (parsed.GetValue(options.Live))
        {
            LiveLine line = LiveReport.Run(_question, progress);
            Write(line, () => LiveReport.Write(line, output));
            return line.Missed + line.Wrong > 0 ? Inexact : 0;
        }

        if (parsed.GetValue(options.Open))
        {
            string folder = parsed.GetValue(options.Folder)?.FullName ?? Path.GetTempPath();
            OpenLine line = await OpenReport.RunAsync(_question, folder, progress, cancellationToken);
            Write(line, () => OpenReport.Write(line, output));
            return line.Missed + line.Wrong > 0 ? Inexact : 0;
        }

        List<EngineLine> lines = parsed.GetValue(options.Chart) is string chart
            ? new ChartSeries(chart, _question).Run(options.ReadSizes(parsed), progress)
            : MatcherReport.Run(_question, progress);
        foreach (IGrouping<int, EngineLine> size in lines.GroupBy(line => line.Size))
        {
            WriteEngines([.. size]);
        }

        return lines.Exists(line => line.Missed + line.Wrong > 0) ? Inexact : 0;
    }

    private void WriteEngines(List<EngineLine> lines)
    {
        if (parsed.GetValue(options.Json))
        {
            lines.ForEach(line => output.WriteLine(ReportJson.Write(line)));
            return;
        }

        MatcherTable.Write(lines, output);
        output.WriteLine();
    }

    private void Write<TLine>(TLine line, Action writeForPerson)
    {
        if (parsed.GetValue(options.Json))
        {
            output.WriteLine(ReportJson.Write(line));
            return;
        }

        writeForPerson();
    }
}
