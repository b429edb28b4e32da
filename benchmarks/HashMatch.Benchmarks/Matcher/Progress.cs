using System.Globalization;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Says on standard error what is being done, so that long work is not taken for a halt.</summary>
internal sealed class Progress(TextWriter output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _said = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>Says what begins now.</summary>
    public void Say(FormattableString text)
    {
        output.WriteLine(text.ToString(CultureInfo.InvariantCulture) + " ...");
        _said = System.Diagnostics.Stopwatch.GetTimestamp();
    }

    /// <summary>Says how far it has come, if nothing was said for a while.</summary>
    public void Report(long done, long total)
    {
        if (System.Diagnostics.Stopwatch.GetElapsedTime(_said) >= Interval)
        {
            Say($"  {done:N0} of {total:N0}");
        }
    }
}
