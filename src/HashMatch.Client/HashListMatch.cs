using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>An entry of the list that is near a hash. It is advice to a human reviewer, never proof.</summary>
/// <param name="EntryId">
/// The entry's id for this platform, as the service's answers have it: 32 lower-case hexadecimal digits.
/// </param>
/// <param name="Band">How near it is.</param>
/// <param name="Distance">How many bits differ: 0 to 256.</param>
public readonly record struct HashListMatch(string EntryId, MatchBand Band, int Distance);
