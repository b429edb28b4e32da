using HashMatch.Hashing;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>
/// An entry of the list that one of the views of a picture is near. It is advice to a human reviewer, never proof.
/// </summary>
/// <param name="EntryId">
/// The entry's id for this platform: 32 lower-case hexadecimal digits. A picture that a person registered is several
/// entries, one for each of its views; nothing but their hashes tells which belong together.
/// </param>
/// <param name="Tier">How sure it is that both show the same photo.</param>
/// <param name="View">The name of the view that is nearest.</param>
/// <param name="Turn">How that view is turned.</param>
/// <param name="IsNegative">Whether it is the view's negative that is near.</param>
/// <param name="Band">How near it is.</param>
/// <param name="Distance">How many bits differ, 0 to 256; null where the service tells bands only.</param>
public readonly record struct PictureMatch(
    string EntryId,
    ConfidenceTier Tier,
    string View,
    Dihedral Turn,
    bool IsNegative,
    MatchBand Band,
    int? Distance);
