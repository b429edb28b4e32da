using System.Diagnostics;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>What the index's own threads are doing, seen from outside: by the process's processor time.</summary>
internal static class Background
{
    /// <summary>The share of a core from which on work is being done; little, as others may hold it.</summary>
    public const double BusyShare = 0.04;

    /// <summary>A pause between two steps of one piece of work is shorter.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Even what the index only begins when it has been left alone for a while has begun, or is done, by then.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Waits until nothing is being done, while the caller's threads are at rest.</summary>
    /// <param name="time">How long nothing must have been done.</param>
    public static void WaitUntilQuiet(TimeSpan time)
    {
        var elapsed = Stopwatch.StartNew();
        for (TimeSpan quiet = TimeSpan.Zero; quiet < time;)
        {
            if (elapsed.Elapsed > Limit)
            {
                throw new MatcherFailure("The index is still at work in the background after a quarter of an hour.");
            }

            double used = ProcessorTime.OfProcess();
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(Interval);
            double share = (ProcessorTime.OfProcess() - used) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            quiet = share < BusyShare ? quiet + Interval : TimeSpan.Zero;
        }
    }
}
