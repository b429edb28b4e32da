namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The recall with only the first hashes of one side, and all of the other.</summary>
/// <param name="Side">"register" or "query".</param>
/// <param name="Hashes">How many of that side, in the order of its set.</param>
/// <param name="Recall">The share of copies found within each distance, beginning at 0.</param>
internal sealed record HashNumberRow(string Side, int Hashes, IReadOnlyList<double> Recall);
