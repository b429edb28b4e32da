using System.Diagnostics;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Searches for one query after the other, while other threads may change the index.</summary>
internal sealed class LiveSearcher(HashList list, int distance)
{
    private const int Capacity = 4_000_000;

    // More than a window ever holds.
    private const int WindowCapacity = 100_000;

    // How long the process is watched before it is said whether it works in the background.
    private static readonly TimeSpan WindowTime = TimeSpan.FromMilliseconds(10);

    private readonly RandomReads _reads = new(list.Rows);
    private readonly LiveTimes _window = new(WindowCapacity);
    private readonly List<IndexMatch> _matches = [];
    private double _readsWall;
    private double _readsProcessor;
    private int _next;

    /// <summary>While nothing else was going on.</summary>
    public LiveTimes Quiet { get; } = new(Capacity);

    /// <summary>While threads of the index itself were at work, that is, while it was merging.</summary>
    public LiveTimes WhileMerging { get; } = new(Capacity);

    /// <summary>The same while entries were added as fast as the index takes them.</summary>
    public LiveTimes WhileFlooded { get; } = new(Capacity);

    /// <summary>How long it was merging, but for when it was flooded.</summary>
    public TimeSpan MergingTime { get; private set; }

    /// <summary>For how long the index has done nothing in the background.</summary>
    public TimeSpan QuietTime { get; private set; }

    /// <summary>Searches beside nothing.</summary>
    public RoundFigures RunQuiet(HashIndex index, TimeSpan time)
    {
        var elapsed = Stopwatch.StartNew();
        return Run(index, () => elapsed.Elapsed >= time, null, Quiet);
    }

    /// <summary>Searches beside a thread that changes the index at a steady pace.</summary>
    public RoundFigures RunBeside(HashIndex index, LiveWriter writer, Func<bool> isOver) =>
        Run(index, isOver, writer, WhileMerging);

    /// <summary>Searches beside a thread that adds as fast as it can, and until the index has merged it all.</summary>
    public void RunFlooded(HashIndex index, LiveWriter writer, Func<bool> isOver)
    {
        QuietTime = TimeSpan.Zero;
        Run(index, isOver, writer, WhileFlooded);
    }

    private static double BackgroundTime(LiveWriter? writer) =>
        ProcessorTime.OfProcess() - ProcessorTime.OfThread() - (writer?.ProcessorSeconds ?? 0);

    private RoundFigures Run(HashIndex index, Func<bool> isOver, LiveWriter? writer, LiveTimes times)
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
            index.Search(list.Queries[_next++ % list.Queries.Length], distance, _matches);
            double wall = Stopwatch.GetElapsedTime(before).TotalSeconds;
            _window.Searches.Add(wall, ProcessorTime.OfThread() - own);
            if (++done % LiveTimes.SearchesPerReads == 0)
            {
                RunReads();
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(windowStart);
            if (elapsed >= WindowTime)
            {
                double now = BackgroundTime(writer);
                Close(elapsed, now - background, writer is null, times);
                background = now;
                windowStart = Stopwatch.GetTimestamp();
            }
        }

        _window.Clear();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds - _readsWall;
        double processor = ProcessorTime.OfThread() - ownStart - _readsProcessor;
        _readsWall = 0;
        _readsProcessor = 0;
        return new RoundFigures(done, processor, seconds, done / seconds);
    }

    private void RunReads()
    {
        double own = ProcessorTime.OfThread();
        long before = Stopwatch.GetTimestamp();
        _reads.Run();
        double wall = Stopwatch.GetElapsedTime(before).TotalSeconds;
        double processor = ProcessorTime.OfThread() - own;
        _window.Reads.Add(wall, processor);
        _readsWall += wall;
        _readsProcessor += processor;
    }

    private void Close(TimeSpan elapsed, double background, bool isAlone, LiveTimes times)
    {
        bool isMerging = background / elapsed.TotalSeconds >= Background.BusyShare;
        if (isAlone || isMerging)
        {
            times.AddAll(_window);
        }

        if (!isAlone)
        {
            MergingTime += isMerging && times == WhileMerging ? elapsed : TimeSpan.Zero;
            QuietTime = isMerging ? TimeSpan.Zero : QuietTime + elapsed;
        }

        _window.Clear();
    }
}
