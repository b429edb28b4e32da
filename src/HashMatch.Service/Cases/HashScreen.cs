using HashMatch.Matching;

namespace HashMatch.Service.Cases;

/// <summary>Tells hashes that PDQ can have made of a picture from those that it cannot.</summary>
public static class HashScreen
{
    // Each bit says whether a coefficient is above the median of all 256, so half of them are set; a few less where
    // coefficients are equal. Hashes that other tools turned or mirrored bit by bit come within this of 128 too.
    private const int MaxDeviation = 28;

    /// <summary>Whether about half of the bits are set, as in every PDQ hash of a picture with detail.</summary>
    public static bool LooksLikePdq(Hash256 hash) => Math.Abs(hash.PopCount - (Hash256.BitCount / 2)) <= MaxDeviation;
}
