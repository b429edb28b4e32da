using BenchmarkDotNet.Attributes;
using HashMatch.Matching;
using HashMatch.Matching.Kernels;

namespace HashMatch.Benchmarks;

/// <summary>Searches among a million entries with random hashes, in one thread; each operation is one query.</summary>
[SimpleJob(launchCount: 1, warmupCount: 3, iterationCount: 7)]
[HideColumns("Job", "IterationCount", "LaunchCount", "WarmupCount")]
public class IndexBenchmarks
{
    private const int Entries = 1_000_000;
    private const int BatchSize = 100;

    private readonly HashIndex _index = new();
    private readonly Hash256[] _queries = new Hash256[BatchSize];
    private readonly List<IndexMatch> _matches = [];
    private readonly List<BatchMatch> _batchMatches = [];
    private readonly int[] _rows = new int[RowBlock.Capacity];
    private readonly Hash256[] _hashes = new Hash256[Entries];
    private RowBlock[] _blocks = [];

    /// <summary>The distance asked for: the PDQ convention, and twice that.</summary>
    [Params(31, 63)]
    public int MaxDistance { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        ulong[] ids = new ulong[Entries];
        byte[] bytes = new byte[Hash256.ByteCount];
        _blocks = new RowBlock[(Entries + RowBlock.Capacity - 1) / RowBlock.Capacity];
        for (int i = 0; i < Entries; i++)
        {
            random.NextBytes(bytes);
            _hashes[i] = new Hash256(bytes);
            ids[i] = (ulong)i;
            RowBlock block = _blocks[i / RowBlock.Capacity] ??= new RowBlock();
            block.Write(i % RowBlock.Capacity, _hashes[i], ids[i]);
        }

        _hashes.AsSpan(0, BatchSize).CopyTo(_queries);
        _index.AddRange(_hashes, ids);
    }

    /// <summary>What any index has to beat: four population counts for each row of 32 bytes.</summary>
    [Benchmark(Baseline = true)]
    public int PlainScan()
    {
        Hash256 query = _queries[0];
        int found = 0;
        foreach (ref readonly Hash256 hash in _hashes.AsSpan())
        {
            found += hash.DistanceTo(query) <= MaxDistance ? 1 : 0;
        }

        return found;
    }

    [Benchmark]
    public int Scalar()
    {
        int found = 0;
        for (int i = 0; i < _blocks.Length; i++)
        {
            found += RangeScan.FindScalar(_blocks[i].Words, Length(i), _queries[0], MaxDistance, _rows);
        }

        return found;
    }

    [Benchmark]
    public int Vector256()
    {
        int found = 0;
        for (int i = 0; i < _blocks.Length; i++)
        {
            found += RangeScan.FindVector256(_blocks[i].Words, Length(i), _queries[0], MaxDistance, _rows);
        }

        return found;
    }

    [Benchmark]
    public int Search()
    {
        _matches.Clear();
        _index.Search(_queries[0], MaxDistance, _matches);
        return _matches.Count;
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int SearchBatch()
    {
        _batchMatches.Clear();
        _index.Search(_queries, MaxDistance, _batchMatches);
        return _batchMatches.Count;
    }

    private static int Length(int block) => Math.Min(Entries - (block * RowBlock.Capacity), RowBlock.Capacity);
}
