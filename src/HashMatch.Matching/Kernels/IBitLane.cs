namespace HashMatch.Matching.Kernels;

/// <summary>
/// So many bits side by side, on which the bit-sliced scan counts: one implementation for each width.
/// </summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
internal unsafe interface IBitLane<TSelf>
    where TSelf : struct, IBitLane<TSelf>
{
    /// <summary>How many 64-bit words it has: a divisor of 8.</summary>
    static abstract int Words { get; }

    static abstract TSelf Load(ulong* source);

    static abstract void Store(TSelf value, ulong* destination);

    /// <summary>The same word everywhere.</summary>
    static abstract TSelf Fill(ulong word);

    /// <summary>
    /// Parts the first words of as many rows as the lane has words, each word's to a lane of its own.
    /// </summary>
    static abstract void Part(Hash256* rows, int words, ulong* destination, int stride);

    static abstract bool IsZero(TSelf value);

    /// <summary>The sum of three bits, modulo 2.</summary>
    static abstract TSelf Sum(TSelf a, TSelf b, TSelf c);

    /// <summary>The carry of the sum of three bits: whether two of them are set.</summary>
    static abstract TSelf Carry(TSelf a, TSelf b, TSelf c);

    /// <summary>The borrow of a - b - c.</summary>
    static abstract TSelf Borrow(TSelf a, TSelf b, TSelf c);

    static abstract TSelf And(TSelf a, TSelf b);

    static abstract TSelf Xor(TSelf a, TSelf b);

    /// <summary>The bits of a where the mask has ones, of b elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    static abstract TSelf ShiftLeft(TSelf value, int bits);

    static abstract TSelf ShiftRight(TSelf value, int bits);
}
