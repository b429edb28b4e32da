using HashMatch.Protocol;

namespace HashMatch.Client.Views;

/// <summary>Which distances the bands stand for, as matching.proto says.</summary>
internal static class MatchBands
{
    private const int GreatestSame = 8;
    private const int GreatestNear = 20;

    /// <summary>Gives the band of a distance.</summary>
    public static MatchBand Of(int distance) => distance switch
    {
        <= GreatestSame => MatchBand.Same,
        <= GreatestNear => MatchBand.Near,
        _ => MatchBand.Far,
    };

    /// <summary>Gives the least and the greatest distance of a band, no greater than one that was asked for.</summary>
    public static (int Least, int Greatest) Range(MatchBand band, int asked) => band switch
    {
        MatchBand.Same => (0, Math.Min(GreatestSame, asked)),
        MatchBand.Near => (GreatestSame + 1, Math.Min(GreatestNear, asked)),
        _ => (GreatestNear + 1, asked),
    };
}
