using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The plain scan, a query at a time.</summary>
internal sealed class ScanEngine(Hash256[] rows) : Engine(EngineName, 1)
{
    public const string EngineName = "scan";

    private readonly List<BatchMatch> _matches = [];

    public override void Search(ReadOnlySpan<Hash256> queries, int maxDistance)
    {
        _matches.Clear();
        ScalarScan.Search(rows, 0, queries[0], maxDistance, 0, _matches);
    }

    public override void CopyTo(int firstQuery, List<BatchMatch> matches) =>
        matches.AddRange(_matches.Select(match => match with { QueryIndex = firstQuery }));
}
