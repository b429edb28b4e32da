using System.Security.Cryptography;

namespace HashMatch.Client;

/// <summary>How often a stream is opened again, and how long is waited before each time.</summary>
/// <param name="MaxFailures">After how many streams in a row without a single answer to give up; at least 1.</param>
/// <param name="FirstPause">The longest pause after the first of them; it doubles with each.</param>
/// <param name="LongestPause">What the pauses grow to.</param>
internal sealed record StreamRetries(int MaxFailures, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>Gives up after about 13 seconds: a service that is started again is back by then.</summary>
    public static StreamRetries Default { get; } = new(10, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(5));

    /// <summary>A random pause, so that the callers of a service that comes back do not come all at once.</summary>
    /// <param name="failures">How many streams in a row failed, from 1.</param>
    public TimeSpan Pause(int failures)
    {
        double doubled = FirstPause.TotalMilliseconds * Math.Pow(2, failures - 1);
        int longest = (int)Math.Min(doubled, LongestPause.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest + 1));
    }
}
