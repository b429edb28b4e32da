using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Client.Views;

/// <summary>One hash that is looked up for a picture.</summary>
/// <param name="Picture">The picture's place among those that are looked up together.</param>
/// <param name="Rank">Its place among the picture's hashes, the plainest first.</param>
/// <param name="View">The view that it is of.</param>
/// <param name="IsNegative">Whether it is the hash of the view's negative.</param>
/// <param name="Distances">Up to which distance which tier goes.</param>
internal readonly record struct PictureQuestion(
    int Picture, int Rank, PictureView View, bool IsNegative, TierDistances Distances)
{
    /// <summary>What is looked up: of a negative PDQ gives the complement.</summary>
    public Hash256 Hash => IsNegative ? Complement(View.Fingerprint.Hash) : View.Fingerprint.Hash;

    private static Hash256 Complement(Hash256 hash) =>
        new(~hash.GetWord(0), ~hash.GetWord(1), ~hash.GetWord(2), ~hash.GetWord(3));
}
