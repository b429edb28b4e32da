namespace HashMatch.Cli.Lines;

/// <summary>One entry of the list that is near.</summary>
/// <param name="Id">The entry's id for this platform.</param>
/// <param name="Band"><c>same</c>, <c>near</c> or <c>far</c>.</param>
/// <param name="Distance">The number of differing bits, if the service tells it.</param>
/// <param name="Tier"><c>strong</c> or <c>review</c>, where views were looked up; as are the following.</param>
/// <param name="View">The name of the view that is near.</param>
/// <param name="Turn">How it is turned: <c>identity</c>, <c>rotate90</c>, <c>flip_y</c> and so on.</param>
/// <param name="Negative">Whether it is the view's negative that is near.</param>
internal sealed record MatchLine(
    string Id,
    string Band,
    int? Distance,
    string? Tier = null,
    string? View = null,
    string? Turn = null,
    bool? Negative = null);
