namespace HashMatch.Matching;

/// <summary>A row that lies within the distance of a query.</summary>
/// <param name="Query">The place of the query among those of the search; 0 if there is one.</param>
/// <param name="Row">The number of the row.</param>
/// <param name="Distance">The bits that differ.</param>
internal readonly record struct RowHit(int Query, int Row, int Distance);
