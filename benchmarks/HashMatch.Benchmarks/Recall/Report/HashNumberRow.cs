namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The recall with only the first hashes of one side, and all of the other.</summary>
/// <param name="Side">"register" or "query".</param>
/// <param name="Hashes">How many of that side, in the order of its set.</param>
/// <param name="Usual">The share of copies found within the usual distance.</param>
/// <param name="Strong">The share with tier "strong".</param>
/// <param name="Review">The share with any tier.</param>
internal sealed record HashNumberRow(string Side, int Hashes, double Usual, double Strong, double Review);
