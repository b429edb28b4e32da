namespace HashMatch.Matching.Kernels;

/// <summary>Sixty-four bits in an ordinary register: the definition that the vectors are held to.</summary>
internal readonly unsafe struct Lane64 : IBitLane<Lane64>
{
    private readonly ulong _bits;

    private Lane64(ulong bits) => _bits = bits;

    public static int Words => 1;

    public static Lane64 Load(ulong* source) => new(*source);

    public static void Store(Lane64 value, ulong* destination) => *destination = value._bits;

    public static Lane64 Fill(ulong word) => new(word);

    public static void Part(Hash256* rows, int words, ulong* destination, int stride)
    {
        for (int word = 0; word < words; word++)
        {
            destination[word * stride] = ((ulong*)rows)[word];
        }
    }

    public static bool IsZero(Lane64 value) => value._bits == 0;

    public static Lane64 Sum(Lane64 a, Lane64 b, Lane64 c) => new(a._bits ^ b._bits ^ c._bits);

    public static Lane64 Carry(Lane64 a, Lane64 b, Lane64 c) =>
        new((a._bits & b._bits) | (c._bits & (a._bits ^ b._bits)));

    public static Lane64 Borrow(Lane64 a, Lane64 b, Lane64 c) =>
        new((~a._bits & (b._bits | c._bits)) | (b._bits & c._bits));

    public static Lane64 And(Lane64 a, Lane64 b) => new(a._bits & b._bits);

    public static Lane64 Xor(Lane64 a, Lane64 b) => new(a._bits ^ b._bits);

    public static Lane64 Select(Lane64 mask, Lane64 a, Lane64 b) =>
        new((mask._bits & a._bits) | (~mask._bits & b._bits));

    public static Lane64 ShiftLeft(Lane64 value, int bits) => new(value._bits << bits);

    public static Lane64 ShiftRight(Lane64 value, int bits) => new(value._bits >> bits);
}
