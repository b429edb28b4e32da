namespace HashMatch.Matching.Kernels;

/// <summary>The form of 512 hashes as bit planes.</summary>
/// <remarks>
/// Plane p has bit p of every hash. Hash i is at bit i/8 of word i%8 of each plane: eight rows that lie side by side
/// are then at one bit of the eight words, as the transposition finds them. Behind the planes comes one of zeros, then
/// for each of some prefixes eight planes of the hashes' population counts over the prefix, the lowest bit first.
/// </remarks>
internal static class PlaneBlock
{
    public const int Rows = 512;
    public const int WordsPerPlane = Rows / 64;
    public const int ZeroPlane = Hash256.BitCount;
    public const int FirstCount = ZeroPlane + 1;
    public const int PlanesPerCount = 8;

    /// <summary>The longest prefix, as a count has eight bits. Every near row is verified on the whole hash.</summary>
    public const int MaxPrefix = 240;

    /// <summary>The words of a block with the counts of so many prefixes.</summary>
    public static int WordsFor(int prefixes) => (FirstCount + (PlanesPerCount * prefixes)) * WordsPerPlane;

    /// <summary>The row that a bit of a word stands for.</summary>
    public static int RowAt(int word, int bit) => (bit * WordsPerPlane) + word;
}
