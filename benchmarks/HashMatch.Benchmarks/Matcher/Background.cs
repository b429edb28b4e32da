using System.Diagnostics;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>What the index's own threads are doing, seen from outside: by the process's processor time.</summary>
internal static class Background
{
    /// <summary>The share of a core from which on something is being done.</summary>
    public const double BusyShare = 0.15;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    // So many quiet intervals in a row: between two steps of background work there may be a pause.
    private const int QuietIntervals = 8;

    /// <summary>Waits until nothing is being done, while the caller's threads are at rest.</summary>
    /// <returns>How long it has been quiet when this returns.</returns>
    public static TimeSpan WaitUntilQuiet()
    {
        var elapsed = Stopwatch.StartNew();
        for (int quiet = 0; quiet < QuietIntervals;)
        {
            if (elapsed.Elapsed > Limit)
            {
                throw new MatcherFailure("The index is still at work in the background after a quarter of an hour.");
            }

            double used = ProcessorTime.OfProcess();
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(Interval);
            double share = (ProcessorTime.OfProcess() - used) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            quiet = share < BusyShare ? quiet + 1 : 0;
        }

        return QuietIntervals * Interval;
    }
}
