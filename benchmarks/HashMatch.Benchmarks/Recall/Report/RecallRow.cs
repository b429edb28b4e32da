namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The recall of one edit or one group.</summary>
/// <param name="Name">The edit's id or the group's name.</param>
/// <param name="Group">The group.</param>
/// <param name="Edits">How many edits that are.</param>
/// <param name="Recall">Within each distance, beginning at 0: shares from 0 to 1.</param>
/// <param name="Strong">The share with tier "strong".</param>
/// <param name="Review">The share with any tier.</param>
internal sealed record RecallRow(
    string Name, string Group, int Edits, IReadOnlyList<double> Recall, double Strong, double Review)
{
    /// <summary>The mean of rows, each of which counts the same.</summary>
    public static RecallRow Mean(string name, string group, IReadOnlyList<RecallRow> rows) => new(
        name,
        group,
        rows.Count,
        [.. Enumerable.Range(0, rows[0].Recall.Count).Select(distance => rows.Average(row => row.Recall[distance]))],
        rows.Average(row => row.Strong),
        rows.Average(row => row.Review));
}
