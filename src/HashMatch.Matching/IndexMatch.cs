namespace HashMatch.Matching;

/// <summary>An entry that a search found.</summary>
/// <param name="Id">The id that the entry was added under.</param>
/// <param name="Distance">How many bits its hash differs from the query in, from 0 to 256.</param>
public readonly record struct IndexMatch(ulong Id, int Distance);
