using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The index, in batches.</summary>
internal sealed class BatchEngine(HashIndex index, int batch) : Engine(EngineName, batch)
{
    public const string EngineName = "index-batch";

    private readonly List<BatchMatch> _matches = [];

    public override void Search(ReadOnlySpan<Hash256> queries, int maxDistance)
    {
        _matches.Clear();
        index.Search(queries, maxDistance, _matches);
    }

    public override void CopyTo(int firstQuery, List<BatchMatch> matches) => matches.AddRange(
        _matches.Select(match => match with { QueryIndex = firstQuery + match.QueryIndex }));
}
