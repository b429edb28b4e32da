namespace HashMatch.Matching;

/// <summary>An entry that a search for several hashes found, and the hash that it was found by.</summary>
/// <param name="QueryIndex">The position of that hash among the queries, from 0.</param>
/// <param name="Id">The id that the entry was added under.</param>
/// <param name="Distance">How many bits its hash differs from the query in, from 0 to 256.</param>
public readonly record struct BatchMatch(int QueryIndex, ulong Id, int Distance);
