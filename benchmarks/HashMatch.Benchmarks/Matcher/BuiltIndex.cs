using System.Diagnostics;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>An index that is built and has come to rest, and what that took.</summary>
internal sealed class BuiltIndex : IDisposable
{
    // As many at once as a service that reads its list from a database would give it.
    private const int Chunk = 65_536;

    // Below it whatever else goes on in a process counts more than the index.
    private const int LeastSize = 100_000;

    private BuiltIndex(HashIndex index) => Index = index;

    public HashIndex Index { get; }

    /// <summary>Processor time for a hash in microseconds, whichever thread's, or null as below.</summary>
    public double? ProcessorPerHash { get; private init; }

    /// <summary>From the first hash until the last background work was done.</summary>
    public double WallSeconds { get; private init; }

    /// <summary>What the process occupied before.</summary>
    public long MemoryBefore { get; private init; }

    /// <summary>The growth of the process's memory by each hash, or null if there are too few to tell.</summary>
    public double? BytesPerHash { get; private init; }

    public static BuiltIndex Build(Hash256[] rows, TimeSpan rest, Progress progress)
    {
        progress.Say($"Building an index of {rows.Length:N0} hashes");
        long before = ResidentMemory.AfterCollection();
        double processor = ProcessorTime.OfProcess();
        var elapsed = Stopwatch.StartNew();
        HashIndex index = Fill(rows, progress);
        Background.WaitUntilQuiet(rest);
        TimeSpan time = elapsed.Elapsed - rest;
        processor = ProcessorTime.OfProcess() - processor;
        long grown = ResidentMemory.AfterCollection() - before;
        return new BuiltIndex(index)
        {
            ProcessorPerHash = rows.Length < LeastSize ? null : processor / rows.Length * 1e6,
            WallSeconds = time.TotalSeconds,
            MemoryBefore = before,
            BytesPerHash = rows.Length < LeastSize ? null : grown / (double)rows.Length,
        };
    }

    /// <summary>Fills an index, and does not wait for what it then does in the background.</summary>
    public static HashIndex Fill(Hash256[] rows, Progress progress)
    {
        var index = new HashIndex();
        ulong[] ids = new ulong[Chunk];
        for (int start = 0; start < rows.Length; start += Chunk)
        {
            ReadOnlySpan<Hash256> chunk = rows.AsSpan(start, Math.Min(Chunk, rows.Length - start));
            for (int i = 0; i < chunk.Length; i++)
            {
                ids[i] = EntryIds.Of(start + i);
            }

            int added = index.AddRange(chunk, ids.AsSpan(0, chunk.Length));
            if (added != chunk.Length)
            {
                throw new MatcherFailure("The index did not take all hashes.");
            }

            progress.Report(start, rows.Length);
        }

        return index;
    }

    /// <summary>Gives back what the index holds outside of the managed heap, if it does.</summary>
    public void Dispose() => ((object)Index as IDisposable)?.Dispose();
}
