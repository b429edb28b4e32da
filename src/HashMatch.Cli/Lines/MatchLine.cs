namespace HashMatch.Cli.Lines;

/// <summary>One entry of the list that is near.</summary>
/// <param name="Id">The entry's id for this platform.</param>
/// <param name="Band"><c>same</c>, <c>near</c> or <c>far</c>.</param>
/// <param name="Distance">The number of differing bits, if the service tells it.</param>
internal sealed record MatchLine(string Id, string Band, int? Distance);
