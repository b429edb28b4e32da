using System.Diagnostics;
using HashMatch.Matching;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Entries added to a full index one by one and removed from it, and what either cost in the end.</summary>
internal sealed class Changes
{
    private const int LeastCount = 5_000;
    private const int MostCount = 1_000_000;
    private const int CallsBetweenLooks = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Hash256[] _rows;
    private readonly Hash256[] _others;
    private readonly HashSet<ulong> _removed = [];
    private int _added;

    private Changes(Hash256[] rows, Hash256[] others)
    {
        _rows = rows;
        _others = others;
    }

    /// <summary>
    /// Processor time for one insert in microseconds, with the work in the background that went on beside the inserts
    /// and until the first pause behind them.
    /// </summary>
    public double InsertProcessor { get; private set; }

    /// <summary>The same for one removal.</summary>
    public double RemoveProcessor { get; private set; }

    /// <summary>What the index used once it was left alone after the inserts.</summary>
    public double RestProcessorSeconds { get; private set; }

    /// <summary>Adds a tenth as many as there are (but no few), then removes as many of all at random.</summary>
    public static Changes Make(HashIndex index, HashList list, TimeSpan rest, Progress progress)
    {
        int count = Math.Clamp(list.Rows.Length / 10, LeastCount, MostCount);
        var changes = new Changes(list.Rows, list.CreateOthers(count));
        WarmUp(changes._others);
        progress.Say($"Inserting and removing {count:N0}");
        changes.Insert(index, rest);
        changes.Remove(index);
        return changes;
    }

    /// <summary>Appends what a search must find now.</summary>
    public void Expect(Hash256 query, int maxDistance, int queryIndex, List<BatchMatch> matches)
    {
        int first = matches.Count;
        ScalarScan.Search(_rows, 0, query, maxDistance, queryIndex, matches);
        ScalarScan.Search(_others.AsSpan(0, _added), _rows.Length, query, maxDistance, queryIndex, matches);
        int kept = first;
        for (int i = first; i < matches.Count; i++)
        {
            if (!_removed.Contains(matches[i].Id))
            {
                matches[kept++] = matches[i];
            }
        }

        matches.RemoveRange(kept, matches.Count - kept);
    }

    // On an index of its own: compiling the code belongs to neither figure.
    private static void WarmUp(Hash256[] others)
    {
        var index = new HashIndex();
        for (int i = 0; i < LeastCount; i++)
        {
            index.Add(others[i], EntryIds.Of(i));
        }

        for (int i = 0; i < LeastCount; i++)
        {
            index.Remove(EntryIds.Of(i));
        }

        Background.WaitUntilQuiet(Background.Pause);
        ((object)index as IDisposable)?.Dispose();
    }

    private void Insert(HashIndex index, TimeSpan rest)
    {
        (InsertProcessor, _added) = Measure(_others.Length, i =>
        {
            if (!index.Add(_others[i], EntryIds.Of((long)_rows.Length + i)))
            {
                throw new MatcherFailure("The index did not take an entry.");
            }
        });
        double processor = ProcessorTime.OfProcess();
        Background.WaitUntilQuiet(rest);
        RestProcessorSeconds = ProcessorTime.OfProcess() - processor;
    }

    private void Remove(HashIndex index)
    {
        int total = _rows.Length + _added;
        ulong[] ids = new ulong[Math.Min(_others.Length, total / 2)];
        var chosen = new HashSet<int>(ids.Length);
        var random = new RandomBits(1, 1);
        while (chosen.Count < ids.Length)
        {
            int row = random.NextBelow(total);
            if (chosen.Add(row))
            {
                ids[chosen.Count - 1] = EntryIds.Of(row);
            }
        }

        (RemoveProcessor, int removed) = Measure(ids.Length, i =>
        {
            if (!index.Remove(ids[i]))
            {
                throw new MatcherFailure("The index did not know an entry that it was to remove.");
            }
        });
        _removed.UnionWith(ids.Take(removed));
    }

    // Gives how many were done, for a slow index is not waited for.
    private static (double Processor, int Done) Measure(int count, Action<int> change)
    {
        double processor = ProcessorTime.OfProcess();
        var elapsed = Stopwatch.StartNew();
        int done = 0;
        while (done < count && (done % CallsBetweenLooks != 0 || elapsed.Elapsed < Limit))
        {
            change(done++);
        }

        Background.WaitUntilQuiet(Background.Pause);
        return ((ProcessorTime.OfProcess() - processor) / done * 1e6, done);
    }
}
