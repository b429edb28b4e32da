namespace HashMatch.Matching.Live;

/// <summary>How much there is, as far as it says when to merge.</summary>
/// <param name="Count">How many entries there are.</param>
/// <param name="LiveRows">How many are in live blocks, dead ones included.</param>
/// <param name="IsIndexed">Whether every segment has its index.</param>
/// <param name="Removals">How many entries were removed since merging began last.</param>
/// <param name="Changes">How many were added or removed ever.</param>
internal readonly record struct BookSizes(int Count, int LiveRows, bool IsIndexed, int Removals, long Changes);
