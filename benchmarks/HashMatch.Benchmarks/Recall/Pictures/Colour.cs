namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>A colour of eight bits a channel.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour Black = Gray(0);
    public static readonly Colour White = Gray(255);

    public static Colour Gray(byte level) => new(level, level, level);
}
