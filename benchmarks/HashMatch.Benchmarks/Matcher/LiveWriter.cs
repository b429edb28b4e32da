using System.Diagnostics;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Adds entries from a thread of its own, at a steady pace or as fast as the index takes them.</summary>
internal sealed class LiveWriter
{
    private const int Chunk = 65_536;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly HashIndex _index;
    private readonly Hash256[] _hashes;
    private readonly int _firstRow;
    private double _processorSeconds;
    private int _added;

    /// <param name="index">The index to add to.</param>
    /// <param name="hashes">What to add, in this order.</param>
    /// <param name="firstRow">The row as which the first of them counts.</param>
    public LiveWriter(HashIndex index, Hash256[] hashes, int firstRow)
    {
        _index = index;
        _hashes = hashes;
        _firstRow = firstRow;
    }

    /// <summary>How many were added.</summary>
    public int Added => Volatile.Read(ref _added);

    /// <summary>What its threads have used.</summary>
    public double ProcessorSeconds => Volatile.Read(ref _processorSeconds);

    /// <summary>Adds so many a second, one by one, until it is told to stop or has no more.</summary>
    public Thread StartPaced(int rate, Func<bool> isOver) => Start(count =>
    {
        var elapsed = Stopwatch.StartNew();
        int start = _added;
        while (!isOver() && _added < _hashes.Length)
        {
            int due = (int)Math.Min(_hashes.Length, start + (elapsed.Elapsed.TotalSeconds * rate));
            while (_added < due)
            {
                Take(_index.Add(_hashes[_added], EntryIds.Of((long)_firstRow + _added)) ? 1 : 0, 1);
            }

            count();
            Thread.Sleep(Tick);
        }
    });

    /// <summary>Adds all that is left, as fast as it can.</summary>
    public Thread StartBulk() => Start(count =>
    {
        ulong[] ids = new ulong[Chunk];
        while (_added < _hashes.Length)
        {
            int length = Math.Min(Chunk, _hashes.Length - _added);
            for (int i = 0; i < length; i++)
            {
                ids[i] = EntryIds.Of((long)_firstRow + _added + i);
            }

            Take(_index.AddRange(_hashes.AsSpan(_added, length), ids.AsSpan(0, length)), length);
            count();
        }
    });

    private Thread Start(Action<Action> write)
    {
        var thread = new Thread(() =>
        {
            double before = _processorSeconds;
            double own = ProcessorTime.OfThread();
            Action count = () => Volatile.Write(ref _processorSeconds, before + ProcessorTime.OfThread() - own);
            write(count);
            count();
        });
        thread.Start();
        return thread;
    }

    private void Take(int taken, int given)
    {
        if (taken != given)
        {
            throw new MatcherFailure("The index did not take all hashes.");
        }

        Volatile.Write(ref _added, _added + taken);
    }
}
