using System.Runtime.InteropServices;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Processor time in seconds, by the kernel's clocks: other work on the machine hardly changes it.</summary>
internal static partial class ProcessorTime
{
    // Linux's numbers of CLOCK_PROCESS_CPUTIME_ID and CLOCK_THREAD_CPUTIME_ID.
    private const int ProcessClock = 2;
    private const int ThreadClock = 3;

    /// <summary>What all threads of this process, those that ended too, have used.</summary>
    public static double OfProcess() => Read(ProcessClock);

    /// <summary>What the calling thread has used.</summary>
    public static double OfThread() => Read(ThreadClock);

    private static double Read(int clock) => ClockGetTime(clock, out TimeValue time) == 0
        ? time.Seconds + (time.Nanoseconds * 1e-9)
        : throw new MatcherFailure("This system does not tell the processor time of a thread.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeValue time);

    private readonly struct TimeValue
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
