using BenchmarkDotNet.Attributes;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Matching;
using HashMatch.Matching.Kernels;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks;

/// <summary>
/// The scan of bit planes in each width beside the plain scan: one query over 16,384 rows, which stay in the
/// second-level cache. What a width that the machine lacks gives is left out by hand.
/// </summary>
[SimpleJob(launchCount: 1, warmupCount: 3, iterationCount: 7)]
[HideColumns("Job", "IterationCount", "LaunchCount", "WarmupCount")]
public unsafe class KernelBenchmarks
{
    private const int Blocks = 32;
    private const int MaxDistance = 31;

    // The planes that decide at this distance: two unrelated hashes in 10^9 pass.
    private const int Prefix = 128;

    private static readonly int BlockWords = PlaneBlock.WordsFor(1);

    private readonly List<BatchMatch> _matches = [];
    private readonly Hash256[] _rows;
    private readonly Hash256 _query;
    private readonly ulong[] _near = GC.AllocateArray<ulong>(PlaneBlock.WordsPerPlane + 8, pinned: true);

    // Pinned, and its first block on a boundary of 64 bytes, as the index's own.
    private readonly ulong[] _words = GC.AllocateArray<ulong>((Blocks * BlockWords) + 8, pinned: true);
    private PlaneQuery _planeQuery;

    public KernelBenchmarks()
    {
        var sets = new HashSets(HashSetKind.Uniform);
        _rows = sets.Create(Blocks * PlaneBlock.Rows);
        _query = sets.CreateQueries(_rows, 1)[0];
        _planeQuery.Set(_query, Prefix, MaxDistance);
        TransposeAll<Lane64>();
        for (int block = 0; block < Blocks; block++)
        {
            BitSlicedScan.Count<Lane64>(Planes(block), Prefix, Counts(block));
        }
    }

    [Benchmark(Baseline = true)]
    public int PlainScan()
    {
        _matches.Clear();
        ScalarScan.Search(_rows, 0, _query, MaxDistance, 0, _matches);
        return _matches.Count;
    }

    [Benchmark]
    public ulong Find64() => FindAll<Lane64>();

    [Benchmark]
    public ulong Find256() => FindAll<Lane256>();

    [Benchmark]
    public ulong Find512() => FindAll<Lane512>();

    [Benchmark]
    public void Transpose64() => TransposeAll<Lane64>();

    [Benchmark]
    public void Transpose256() => TransposeAll<Lane256>();

    [Benchmark]
    public void Transpose512() => TransposeAll<Lane512>();

    private static ulong* Aligned(ulong[] pinned) => (ulong*)(
        ((nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref pinned[0]) + 63) & ~(nuint)63);

    private ulong* Planes(int block) => Aligned(_words) + (block * BlockWords);

    private ulong* Counts(int block) => Planes(block) + (PlaneBlock.FirstCount * PlaneBlock.WordsPerPlane);

    private ulong FindAll<TLane>()
        where TLane : struct, IBitLane<TLane>
    {
        ulong found = 0;
        ulong* near = Aligned(_near);
        fixed (PlaneQuery* query = &_planeQuery)
        {
            for (int block = 0; block < Blocks; block++)
            {
                BitSlicedScan.Find<TLane>(Planes(block), Counts(block), query, near);
                for (int word = 0; word < PlaneBlock.WordsPerPlane; word++)
                {
                    found += ulong.PopCount(near[word]);
                }
            }
        }

        return found;
    }

    private void TransposeAll<TLane>()
        where TLane : struct, IBitLane<TLane>
    {
        fixed (Hash256* rows = _rows)
        {
            for (int block = 0; block < Blocks; block++)
            {
                BitSlicedScan.Transpose<TLane>(rows + (block * PlaneBlock.Rows), Planes(block), Hash256.BitCount);
            }
        }
    }
}
