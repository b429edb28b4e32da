using System.Numerics;

namespace HashMatch.Matching.Kernels;

/// <summary>A query made ready for the bit-sliced scan over a prefix of the planes.</summary>
/// <remarks>
/// The distance of a query to a row is popcount(query) + popcount(row) - 2 popcount(query AND row). With the popcounts
/// of the rows known, only the planes in which the query has a one need to be added up; or else only those in which it
/// has a zero, since popcount(row) less the one sum is the other. The query takes the fewer.
/// <para>
/// Let h be half a row's popcount, rounded down, o the bit that this drops, A the sum over the planes taken and
/// K = maxDistance - popcount(query). A row is near
/// if 2A + K is at least 2h + o (ones), or if 2A - K is at most 2h + o (zeros). With A' = A + start, where the
/// start is half of K or of -K, rounded down, both are told by the sign of A' - h - borrow: not negative (ones) or
/// negative (zeros), where the borrow is o or a constant, by whether K is even. The sign is right in 8 bits, as A' - h
/// is half of the difference between maxDistance and the distance.
/// </para>
/// </remarks>
internal unsafe struct PlaneQuery
{
    /// <summary>How many planes are added at least in one go; the last are filled up with the plane of zeros.</summary>
    public const int Step = 8;

    // At most half of the planes of the longest prefix.
    private const int MaxPlanes = PlaneBlock.MaxPrefix / 2;

    /// <summary>Where the planes to add are, in words from the first plane.</summary>
    public fixed ushort Offsets[MaxPlanes];

    /// <summary>How many there are: a multiple of <see cref="Step"/>.</summary>
    public int Count;

    /// <summary>What the sum starts with, modulo 256.</summary>
    public byte Start;

    /// <summary>Which bits of o are borrowed: all or none.</summary>
    public ulong BorrowMask;

    /// <summary>What is borrowed otherwise: all ones or none.</summary>
    public ulong Borrow;

    /// <summary>What turns the sign into the answer.</summary>
    public ulong Inversion;

    /// <summary>Makes a query ready.</summary>
    /// <param name="hash">What to look for.</param>
    /// <param name="prefix">How many planes count: a multiple of 16, up to <see cref="PlaneBlock.MaxPrefix"/>.</param>
    /// <param name="maxDistance">The greatest distance over these planes that is near: 0 to 255.</param>
    public void Set(in Hash256 hash, int prefix, int maxDistance)
    {
        int ones = 0;
        for (int word = 0; word * 64 < prefix; word++)
        {
            ones += BitOperations.PopCount(hash.GetWord(word) & Mask(prefix, word));
        }

        bool takesOnes = ones * 2 <= prefix;
        Count = 0;
        for (int word = 0; word * 64 < prefix; word++)
        {
            ulong left = (takesOnes ? hash.GetWord(word) : ~hash.GetWord(word)) & Mask(prefix, word);
            for (; left != 0; left &= left - 1)
            {
                int plane = (word * 64) + BitOperations.TrailingZeroCount(left);
                Offsets[Count++] = (ushort)(plane * PlaneBlock.WordsPerPlane);
            }
        }

        while (Count % Step != 0)
        {
            Offsets[Count++] = PlaneBlock.ZeroPlane * PlaneBlock.WordsPerPlane;
        }

        int k = maxDistance - ones;
        bool isEven = (k & 1) == 0;
        Start = (byte)(takesOnes ? k >> 1 : -k >> 1);
        BorrowMask = isEven == takesOnes ? ulong.MaxValue : 0;
        Borrow = isEven && !takesOnes ? ulong.MaxValue : 0;
        Inversion = takesOnes ? ulong.MaxValue : 0;
    }

    private static ulong Mask(int prefix, int word) =>
        prefix >= (word + 1) * 64 ? ulong.MaxValue : (1UL << (prefix % 64)) - 1;
}
