namespace HashMatch.Hashing;

/// <summary>The running mean of one line of samples, as a clock: which sample enters and leaves at each tick.</summary>
/// <remarks>
/// At tick t sample t enters the sum (while t is below the length), then sample t - width leaves it (once t has reached
/// the width), and the mean of position t - lag is due (once that is not negative). This one rule is the four phases of
/// the reference; the order "enter, then leave" is what the last float bit hangs on.
/// </remarks>
internal readonly struct BoxWindow
{
    // The window is a 128th of the line, rounded up: two passes of it leave detail for 64 samples.
    private const int LinesPerWindow = 128;

    public BoxWindow(int length)
    {
        Length = length;
        Width = (int)(((long)length + LinesPerWindow - 1) / LinesPerWindow);
        Lag = ((Width + 2) / 2) - 1;
    }

    /// <summary>The number of samples in the line.</summary>
    public int Length { get; }

    /// <summary>The most samples in one mean. Never more than the length.</summary>
    public int Width { get; }

    /// <summary>How many ticks after its own sample a position's mean is due.</summary>
    public int Lag { get; }

    /// <summary>The number of ticks until the last mean is due.</summary>
    public int Ticks => Length + Lag;

    /// <summary>The number of samples in the sum after a tick: the divisor of the mean.</summary>
    public int CountAt(int tick) => Math.Min(tick + 1, Length) - Math.Max(0, tick - Width + 1);

    /// <summary>Whether at each of these ticks one sample enters and one leaves.</summary>
    public bool IsSteady(int firstTick, int count) => firstTick >= Width && firstTick + count <= Length;
}
