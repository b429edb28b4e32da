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

    public static int Words => 512 / 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Load(ulong* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane512 value, ulong* destination) => value._bits.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Fill(ulong word) => new(Vector512.Create(word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Gather(Hash256* rows, int word)
    {
        ulong* words = (ulong*)rows + word;
        return new(Vector512.Create(
            words[0], words[4], words[8], words[12], words[16], words[20], words[24], words[28]));
    }

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
