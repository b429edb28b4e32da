namespace HashMatch.Service.Tests.Storage;

/// <summary>A clock that a test moves; timers run by the real one.</summary>
public sealed class SteppedClock : TimeProvider
{
    private TimeSpan _passed;

    public override long GetTimestamp() => _passed.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => _passed += time;
}
