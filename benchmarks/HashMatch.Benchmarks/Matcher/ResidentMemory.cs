using System.Globalization;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>How much memory this process really occupies, whoever allocated it, managed or not.</summary>
internal static class ResidentMemory
{
    /// <summary>Reads it once everything that nobody refers to has been given back.</summary>
    public static long AfterCollection()
    {
        // Twice, since what the first finalises is only freed by the second.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Now();
    }

    /// <summary>Reads it as it is.</summary>
    public static long Now()
    {
        string[] pages = File.ReadAllText("/proc/self/statm").Split(' ');
        return long.Parse(pages[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
