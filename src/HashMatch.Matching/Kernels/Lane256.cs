using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HashMatch.Matching.Kernels;

/// <summary>Two hundred and fifty-six bits.</summary>
internal readonly unsafe struct Lane256 : IBitLane<Lane256>
{
    private readonly Vector256<ulong> _bits;

    private Lane256(Vector256<ulong> bits) => _bits = bits;

    public static int Words => 256 / 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Load(ulong* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane256 value, ulong* destination) => value._bits.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Fill(ulong word) => new(Vector256.Create(word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Part(Hash256* rows, int words, ulong* destination, int stride)
    {
        ulong* row = (ulong*)rows;
        for (int word = 0; word < words; word++)
        {
            Vector256.Create(row[word], row[4 + word], row[8 + word], row[12 + word])
                .Store(destination + (word * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(Lane256 value) => value._bits == Vector256<ulong>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Sum(Lane256 a, Lane256 b, Lane256 c) => new(a._bits ^ b._bits ^ c._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Carry(Lane256 a, Lane256 b, Lane256 c) =>
        new((a._bits & b._bits) | (c._bits & (a._bits ^ b._bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Borrow(Lane256 a, Lane256 b, Lane256 c) =>
        new(Vector256.AndNot(b._bits | c._bits, a._bits) | (b._bits & c._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 And(Lane256 a, Lane256 b) => new(a._bits & b._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Xor(Lane256 a, Lane256 b) => new(a._bits ^ b._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Select(Lane256 mask, Lane256 a, Lane256 b) =>
        new(Vector256.ConditionalSelect(mask._bits, a._bits, b._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 ShiftLeft(Lane256 value, int bits) => new(value._bits << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 ShiftRight(Lane256 value, int bits) => new(value._bits >>> bits);
}
