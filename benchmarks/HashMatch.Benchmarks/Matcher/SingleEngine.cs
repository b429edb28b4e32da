using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The index, a query at a time.</summary>
internal sealed class SingleEngine(HashIndex index) : Engine(EngineName, 1)
{
    public const string EngineName = "index";

    private readonly List<IndexMatch> _matches = [];

    public override void Search(ReadOnlySpan<Hash256> queries, int maxDistance)
    {
        _matches.Clear();
        index.Search(queries[0], maxDistance, _matches);
    }

    public override void CopyTo(int firstQuery, List<BatchMatch> matches) =>
        matches.AddRange(_matches.Select(match => new BatchMatch(firstQuery, match.Id, match.Distance)));
}
