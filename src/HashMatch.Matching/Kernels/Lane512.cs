using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Kernels;

/// <summary>Five hundred and twelve bits, with any function of three of them in one instruction.</summary>
internal readonly unsafe struct Lane512 : IBitLane<Lane512>
{
    private readonly Vector512<ulong> _bits;

    private Lane512(Vector512<ulong> bits) => _bits = bits;

    // Each is the column of its function's truth table, with a as the weightiest bit of the row.
    private const byte ParityOfThree = 0x96;
    private const byte MajorityOfThree = 0xE8;
    private const byte MajorityOfNotFirst = 0x8E;
    private const byte SelectByFirst = 0xCA;

    private const byte LowHalves = 0x44;
    private const byte HighHalves = 0xEE;

    public static int Words => 512 / 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Load(ulong* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane512 value, ulong* destination) => value._bits.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Fill(ulong word) => new(Vector512.Create(word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Part(Hash256* rows, int words, ulong* destination, int stride)
    {
        // Two rows a vector; first the words of two by two rows, then those of all eight.
        ulong* row = (ulong*)rows;
        Vector512<ulong> ab = Vector512.Load(row);
        Vector512<ulong> cd = Vector512.Load(row + 8);
        Vector512<ulong> ef = Vector512.Load(row + 16);
        Vector512<ulong> gh = Vector512.Load(row + 24);
        var low = Vector512.Create(0UL, 4, 8, 12, 1, 5, 9, 13);
        Vector512<ulong> first = Avx512F.PermuteVar8x64x2(ab, low, cd);
        Vector512<ulong> second = Avx512F.PermuteVar8x64x2(ef, low, gh);
        Avx512F.Shuffle4x128(first, second, LowHalves).Store(destination);
        Avx512F.Shuffle4x128(first, second, HighHalves).Store(destination + stride);
        if (words > 2)
        {
            var high = Vector512.Create(2UL, 6, 10, 14, 3, 7, 11, 15);
            first = Avx512F.PermuteVar8x64x2(ab, high, cd);
            second = Avx512F.PermuteVar8x64x2(ef, high, gh);
            Avx512F.Shuffle4x128(first, second, LowHalves).Store(destination + (2 * stride));
            Avx512F.Shuffle4x128(first, second, HighHalves).Store(destination + (3 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(Lane512 value) => value._bits == Vector512<ulong>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Sum(Lane512 a, Lane512 b, Lane512 c) =>
        new(Avx512F.TernaryLogic(a._bits, b._bits, c._bits, ParityOfThree));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Carry(Lane512 a, Lane512 b, Lane512 c) =>
        new(Avx512F.TernaryLogic(a._bits, b._bits, c._bits, MajorityOfThree));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Borrow(Lane512 a, Lane512 b, Lane512 c) =>
        new(Avx512F.TernaryLogic(a._bits, b._bits, c._bits, MajorityOfNotFirst));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 And(Lane512 a, Lane512 b) => new(a._bits & b._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Xor(Lane512 a, Lane512 b) => new(a._bits ^ b._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Select(Lane512 mask, Lane512 a, Lane512 b) =>
        new(Avx512F.TernaryLogic(mask._bits, a._bits, b._bits, SelectByFirst));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 ShiftLeft(Lane512 value, int bits) => new(value._bits << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 ShiftRight(Lane512 value, int bits) => new(value._bits >>> bits);
}
