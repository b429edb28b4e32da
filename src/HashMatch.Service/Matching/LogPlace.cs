namespace HashMatch.Service.Matching;

/// <summary>A row of the log, told from one that another history has at the same position.</summary>
/// <param name="Position">The position, 0 before the first row.</param>
/// <param name="Stamp">The row's random stamp, 0 before the first row.</param>
public readonly record struct LogPlace(long Position, long Stamp);
