using BenchmarkDotNet.Attributes;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Matching;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks;

/// <summary>Adds entries to a million, and removes them; each operation is one entry.</summary>
/// <remarks>
/// What this does not see is the work that follows in the background; the report <c>matcher</c> counts that in.
/// </remarks>
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 7, invocationCount: 1)]
[HideColumns("Job", "IterationCount", "LaunchCount", "WarmupCount", "InvocationCount", "UnrollFactor")]
public class IndexChangeBenchmarks
{
    private const int Entries = 1_000_000;
    private const int Changed = 100_000;

    private readonly ulong[] _ids = [.. Enumerable.Range(0, Changed).Select(i => EntryIds.Of((long)Entries + i))];
    private HashIndex _index = new();
    private Hash256[] _others = [];

    [GlobalSetup]
    public void Fill()
    {
        var sets = new HashSets(HashSetKind.Uniform);
        _others = sets.CreateOthers(Changed);
        _index = BuiltIndex.Fill(sets.Create(Entries), new Progress(TextWriter.Null));
    }

    [IterationSetup(Targets = [nameof(Add), nameof(AddRange)])]
    public void TakeOut()
    {
        foreach (ulong id in _ids)
        {
            _index.Remove(id);
        }

        Background.WaitUntilQuiet(Background.Rest);
    }

    [IterationSetup(Target = nameof(Remove))]
    public void PutIn()
    {
        _index.AddRange(_others, _ids);
        Background.WaitUntilQuiet(Background.Rest);
    }

    [Benchmark(OperationsPerInvoke = Changed)]
    public int Add()
    {
        int added = 0;
        for (int i = 0; i < Changed; i++)
        {
            added += _index.Add(_others[i], _ids[i]) ? 1 : 0;
        }

        return added;
    }

    [Benchmark(OperationsPerInvoke = Changed)]
    public int AddRange() => _index.AddRange(_others, _ids);

    [Benchmark(OperationsPerInvoke = Changed)]
    public int Remove()
    {
        int removed = 0;
        foreach (ulong id in _ids)
        {
            removed += _index.Remove(id) ? 1 : 0;
        }

        return removed;
    }
}
