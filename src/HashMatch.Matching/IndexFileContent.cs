namespace HashMatch.Matching;

/// <summary>What an index's file held.</summary>
/// <param name="Blocks">The rows.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Rows">The row of every id.</param>
/// <param name="Label">The caller's label.</param>
internal sealed record IndexFileContent(RowBlock[] Blocks, int Count, Dictionary<ulong, int> Rows, byte[] Label);
