namespace HashMatch.Service.Tests.Feed;

/// <summary>A clock that stands where it is put.</summary>
public sealed class MovedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
