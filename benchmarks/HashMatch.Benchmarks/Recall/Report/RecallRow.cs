namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The recall of one edit or one group within each distance, beginning at 0.</summary>
/// <param name="Name">The edit's id or the group's name.</param>
/// <param name="Group">The group.</param>
/// <param name="Edits">How many edits that are.</param>
/// <param name="Recall">Shares from 0 to 1.</param>
internal sealed record RecallRow(string Name, string Group, int Edits, IReadOnlyList<double> Recall);
