namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>How often a view was the closest one.</summary>
/// <param name="Side">"register" or "query".</param>
/// <param name="View">The view's name.</param>
/// <param name="Copies">Of how many copies that were found at all.</param>
internal sealed record ViewRow(string Side, string View, long Copies);
