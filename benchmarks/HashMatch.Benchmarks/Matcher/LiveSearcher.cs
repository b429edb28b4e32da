using System.Diagnostics;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Searches for one query after the other, while other threads may change the index.</summary>
internal sealed class LiveSearcher(Hash256[] queries, int distance)
{
    private const int Capacity = 4_000_000;

    // More than a window ever holds.
    private const int WindowCapacity = 100_000;

    // How long the process is watched before it is said whether it works in the background.
    private static readonly TimeSpan WindowTime = TimeSpan.FromMilliseconds(10);

    private readonly SearchTimes _window = new(WindowCapacity);
    private readonly List<IndexMatch> _matches = [];
    private int _next;

    /// <summary>The searches while nothing else was going on.</summary>
    public SearchTimes Quiet { get; } = new(Capacity);

    /// <summary>The searches while threads of the index itself were at work, that is, while it was merging.</summary>
    public SearchTimes WhileMerging { get; } = new(Capacity);

    /// <summary>How long that was.</summary>
    public TimeSpan MergingTime { get; private set; }

    /// <summary>For how long the index has done nothing in the background.</summary>
    public TimeSpan QuietTime { get; private set; }

    /// <summary>Searches beside nothing.</summary>
    public RoundFigures RunQuiet(HashIndex index, TimeSpan time)
    {
        var elapsed = Stopwatch.StartNew();
        return Run(index, () => elapsed.Elapsed >= time, null);
    }

    /// <summary>Searches beside a thread that changes the index.</summary>
    public RoundFigures RunBeside(HashIndex index, LiveWriter writer, Func<bool> isOver)
    {
        QuietTime = TimeSpan.Zero;
        return Run(index, isOver, writer);
    }

    private static double BackgroundTime(LiveWriter? writer) =>
        ProcessorTime.OfProcess() - ProcessorTime.OfThread() - (writer?.ProcessorSeconds ?? 0);

    private RoundFigures Run(HashIndex index, Func<bool> isOver, LiveWriter? writer)
    {
        long done = 0;
        double ownStart = ProcessorTime.OfThread();
        long start = Stopwatch.GetTimestamp();
        long windowStart = start;
        double background = BackgroundTime(writer);
        while (!isOver())
        {
            double own = ProcessorTime.OfThread();
            long before = Stopwatch.GetTimestamp();
            _matches.Clear();
            index.Search(queries[_next++ % queries.Length], distance, _matches);
            double wall = Stopwatch.GetElapsedTime(before).TotalSeconds;
            _window.Add(wall, ProcessorTime.OfThread() - own);
            done++;

            TimeSpan elapsed = Stopwatch.GetElapsedTime(windowStart);
            if (elapsed >= WindowTime)
            {
                double now = BackgroundTime(writer);
                Close(elapsed, now - background, writer is null);
                background = now;
                windowStart = Stopwatch.GetTimestamp();
            }
        }

        _window.Clear();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new RoundFigures(done, ProcessorTime.OfThread() - ownStart, seconds, done / seconds);
    }

    private void Close(TimeSpan elapsed, double background, bool isAlone)
    {
        if (isAlone)
        {
            Quiet.AddAll(_window);
        }
        else if (background / elapsed.TotalSeconds >= Background.BusyShare)
        {
            WhileMerging.AddAll(_window);
            MergingTime += elapsed;
            QuietTime = TimeSpan.Zero;
        }
        else
        {
            QuietTime += elapsed;
        }

        _window.Clear();
    }
}
