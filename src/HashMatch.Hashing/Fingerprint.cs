using HashMatch.Matching;

namespace HashMatch.Hashing;

/// <summary>What PDQ says of a picture: its hash, and how much detail the hash rests on.</summary>
/// <param name="Hash">The 256-bit hash.</param>
/// <param name="Quality">
/// From 0 (flat) to 100. Below <see cref="MinimumQuality"/> unrelated pictures have like hashes: such a hash is neither
/// registered nor matched.
/// </param>
/// <remarks>The default value is the zero hash of quality 0, which a picture under 5 pixels a side also has.</remarks>
public readonly record struct Fingerprint(Hash256 Hash, int Quality)
{
    /// <summary>The least quality, 50, at which a hash tells pictures apart.</summary>
    public const int MinimumQuality = 50;

    /// <summary>Whether the quality is at least <see cref="MinimumQuality"/>.</summary>
    public bool IsUsable => Quality >= MinimumQuality;
}
