using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>The hash of one view of a picture: of all of it, of a part, or of it turned.</summary>
/// <param name="View">What the view is called.</param>
/// <param name="Turn">How the view is turned or mirrored.</param>
/// <param name="Hash">Its hash; one of 64 bits stands in the first word.</param>
/// <param name="Quality">0 to 100; below <see cref="Fingerprint.MinimumQuality"/> the hash is not used.</param>
internal readonly record struct ViewHash(string View, Dihedral Turn, Hash256 Hash, int Quality)
{
    public bool IsUsable => Quality >= Fingerprint.MinimumQuality;
}
