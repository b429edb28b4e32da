namespace HashMatch.Load;

/// <summary>What one run of h2load measured.</summary>
/// <param name="Rate">Calls answered in a second.</param>
/// <param name="MeanTime">From a call to its answer, with its unit, as h2load writes it.</param>
/// <param name="MaxTime">The longest of these.</param>
internal sealed record LoadResult(double Rate, string MeanTime, string MaxTime);
