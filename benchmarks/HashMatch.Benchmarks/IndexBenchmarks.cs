using BenchmarkDotNet.Attributes;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Matching;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks;

/// <summary>Searches among a million entries, in one thread; each operation is one query.</summary>
[SimpleJob(launchCount: 1, warmupCount: 3, iterationCount: 7)]
[HideColumns("Job", "IterationCount", "LaunchCount", "WarmupCount")]
public class IndexBenchmarks
{
    private const int Entries = 1_000_000;
    private const int BatchSize = 256;

    private readonly List<IndexMatch> _matches = [];
    private readonly List<BatchMatch> _batchMatches = [];
    private Hash256[] _rows = [];
    private Hash256[] _queries = [];
    private HashIndex _index = new();
    private int _next;

    /// <summary>The distance asked for: the PDQ convention, and twice that.</summary>
    [Params(31, 63)]
    public int MaxDistance { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var sets = new HashSets(HashSetKind.Uniform);
        _rows = sets.Create(Entries);
        _queries = sets.CreateQueries(_rows, BatchSize);
        _index = BuiltIndex.Fill(_rows, new Progress(TextWriter.Null));
        Background.WaitUntilQuiet(Background.Rest);
    }

    /// <summary>What any index has to beat: four population counts for each row of 32 bytes.</summary>
    [Benchmark(Baseline = true)]
    public int PlainScan()
    {
        _batchMatches.Clear();
        ScalarScan.Search(_rows, 0, NextQuery(), MaxDistance, 0, _batchMatches);
        return _batchMatches.Count;
    }

    [Benchmark]
    public int Search()
    {
        _matches.Clear();
        _index.Search(NextQuery(), MaxDistance, _matches);
        return _matches.Count;
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int SearchBatch()
    {
        _batchMatches.Clear();
        _index.Search(_queries, MaxDistance, _batchMatches);
        return _batchMatches.Count;
    }

    private Hash256 NextQuery() => _queries[_next++ % BatchSize];
}
