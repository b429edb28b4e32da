namespace HashMatch.Benchmarks.Matcher;

/// <summary>The report for a person to read.</summary>
internal static class MatcherTable
{
    public static void Write(IReadOnlyList<EngineLine> lines, TextWriter output)
    {
        EngineLine first = lines[0];
        output.WriteLine(
            $"""
            {first.Processor}, {first.Runtime}
            {first.Size:N0} hashes ({first.Set}), distance {first.Distance}, threads: {first.Threads}

            engine        batch   CPU us/query  wall us/query    queries/s  times the scan (of {first.Rounds} rounds)
            """);
        foreach (EngineLine line in lines)
        {
            output.WriteLine(
                $"{line.Engine,-13}{line.Batch,6}{line.CpuUsPerQuery,15:N2}{line.WallUsPerQuery,15:N2}"
                + $"{line.QueriesPerSecond,13:N0}  {line.Ratio:N2} ({line.RatioMin:N2} to {line.RatioMax:N2})");
        }

        output.WriteLine();
        foreach (EngineLine line in lines.Where(line => line.Recall is not null))
        {
            output.WriteLine(
                $"{line.Engine}: recall {line.Recall:0.######} of {line.Matches:N0} matches of "
                + $"{line.VerifiedQueries:N0} queries, {line.Missed:N0} missed, {line.Wrong:N0} wrong");
        }

        EngineLine index = lines[^1];
        output.WriteLine($"bytes/hash: {(index.BytesPerHash is double bytes ? $"{bytes:N1}" : "too few to tell")}");
        if (index.BuildUsPerHash is not null)
        {
            output.WriteLine(
                $"us/hash, processor time with what follows in the background: build {index.BuildUsPerHash:N2} (in "
                + $"{index.BuildSeconds:N1} s), insert {index.InsertUs:N2}, remove {index.RemoveUs:N2}; left alone "
                + $"after the inserts it used {index.RestCpuSeconds:N2} s more, once");
        }

        foreach (EngineLine line in lines.Where(line => line.Scaling is not null))
        {
            output.WriteLine(
                $"{line.Engine}: {line.Threads} threads answer {line.Scaling:N2} times as much as one; of what a loop "
                + $"without memory gains {line.ScalingToCompute:N3}, by processor time {line.CpuScalingToCompute:N3}");
        }
    }
}
