using System.Runtime.CompilerServices;

namespace HashMatch.Matching.Kernels;

/// <summary>A number of eight bits for each bit of a lane, to which planes are added modulo 256.</summary>
/// <remarks>
/// Sixteen planes at a time, by full adders: two operations each, which keep a sum and pass on a carry.
/// </remarks>
internal unsafe struct Counter<TLane>
    where TLane : struct, IBitLane<TLane>
{
    private TLane _bit0;
    private TLane _bit1;
    private TLane _bit2;
    private TLane _bit3;
    private TLane _bit4;
    private TLane _bit5;
    private TLane _bit6;
    private TLane _bit7;

    /// <summary>Starts all with the same number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Counter(byte start)
    {
        _bit0 = Bit(start, 0);
        _bit1 = Bit(start, 1);
        _bit2 = Bit(start, 2);
        _bit3 = Bit(start, 3);
        _bit4 = Bit(start, 4);
        _bit5 = Bit(start, 5);
        _bit6 = Bit(start, 6);
        _bit7 = Bit(start, 7);
    }

    /// <summary>Adds planes.</summary>
    /// <param name="planes">The lane of the first plane.</param>
    /// <param name="offsets">Where the planes are from there, in words.</param>
    /// <param name="count">How many: a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong* planes, ushort* offsets, int count)
    {
        TLane s0 = _bit0;
        TLane s1 = _bit1;
        TLane s2 = _bit2;
        TLane s3 = _bit3;
        TLane s4 = _bit4;
        TLane s5 = _bit5;
        TLane s6 = _bit6;
        TLane s7 = _bit7;
        ushort* end = offsets + count;
        for (; offsets <= end - 16; offsets += 16)
        {
            TLane a = TLane.Load(planes + offsets[0]);
            TLane b = TLane.Load(planes + offsets[1]);
            TLane twos0 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            a = TLane.Load(planes + offsets[2]);
            b = TLane.Load(planes + offsets[3]);
            TLane twos1 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            TLane fours0 = TLane.Carry(twos0, twos1, s1);
            s1 = TLane.Sum(twos0, twos1, s1);
            a = TLane.Load(planes + offsets[4]);
            b = TLane.Load(planes + offsets[5]);
            twos0 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            a = TLane.Load(planes + offsets[6]);
            b = TLane.Load(planes + offsets[7]);
            twos1 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            TLane fours1 = TLane.Carry(twos0, twos1, s1);
            s1 = TLane.Sum(twos0, twos1, s1);
            TLane eights0 = TLane.Carry(fours0, fours1, s2);
            s2 = TLane.Sum(fours0, fours1, s2);
            a = TLane.Load(planes + offsets[8]);
            b = TLane.Load(planes + offsets[9]);
            twos0 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            a = TLane.Load(planes + offsets[10]);
            b = TLane.Load(planes + offsets[11]);
            twos1 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            fours0 = TLane.Carry(twos0, twos1, s1);
            s1 = TLane.Sum(twos0, twos1, s1);
            a = TLane.Load(planes + offsets[12]);
            b = TLane.Load(planes + offsets[13]);
            twos0 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            a = TLane.Load(planes + offsets[14]);
            b = TLane.Load(planes + offsets[15]);
            twos1 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            fours1 = TLane.Carry(twos0, twos1, s1);
            s1 = TLane.Sum(twos0, twos1, s1);
            TLane eights1 = TLane.Carry(fours0, fours1, s2);
            s2 = TLane.Sum(fours0, fours1, s2);
            TLane carry = TLane.Carry(eights0, eights1, s3);
            s3 = TLane.Sum(eights0, eights1, s3);
            TLane next = TLane.And(s4, carry);
            s4 = TLane.Xor(s4, carry);
            carry = TLane.And(s5, next);
            s5 = TLane.Xor(s5, next);
            next = TLane.And(s6, carry);
            s6 = TLane.Xor(s6, carry);
            s7 = TLane.Xor(s7, next);
        }

        if (offsets < end)
        {
            TLane a = TLane.Load(planes + offsets[0]);
            TLane b = TLane.Load(planes + offsets[1]);
            TLane twos0 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            a = TLane.Load(planes + offsets[2]);
            b = TLane.Load(planes + offsets[3]);
            TLane twos1 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            TLane fours0 = TLane.Carry(twos0, twos1, s1);
            s1 = TLane.Sum(twos0, twos1, s1);
            a = TLane.Load(planes + offsets[4]);
            b = TLane.Load(planes + offsets[5]);
            twos0 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            a = TLane.Load(planes + offsets[6]);
            b = TLane.Load(planes + offsets[7]);
            twos1 = TLane.Carry(a, b, s0);
            s0 = TLane.Sum(a, b, s0);
            TLane fours1 = TLane.Carry(twos0, twos1, s1);
            s1 = TLane.Sum(twos0, twos1, s1);
            TLane carry = TLane.Carry(fours0, fours1, s2);
            s2 = TLane.Sum(fours0, fours1, s2);
            TLane next = TLane.And(s3, carry);
            s3 = TLane.Xor(s3, carry);
            carry = TLane.And(s4, next);
            s4 = TLane.Xor(s4, next);
            next = TLane.And(s5, carry);
            s5 = TLane.Xor(s5, carry);
            carry = TLane.And(s6, next);
            s6 = TLane.Xor(s6, next);
            s7 = TLane.Xor(s7, carry);
        }

        _bit0 = s0;
        _bit1 = s1;
        _bit2 = s2;
        _bit3 = s3;
        _bit4 = s4;
        _bit5 = s5;
        _bit6 = s6;
        _bit7 = s7;
    }

    /// <summary>Gives the numbers, as planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ulong* counts)
    {
        TLane.Store(_bit0, counts);
        TLane.Store(_bit1, counts + PlaneBlock.WordsPerPlane);
        TLane.Store(_bit2, counts + (2 * PlaneBlock.WordsPerPlane));
        TLane.Store(_bit3, counts + (3 * PlaneBlock.WordsPerPlane));
        TLane.Store(_bit4, counts + (4 * PlaneBlock.WordsPerPlane));
        TLane.Store(_bit5, counts + (5 * PlaneBlock.WordsPerPlane));
        TLane.Store(_bit6, counts + (6 * PlaneBlock.WordsPerPlane));
        TLane.Store(_bit7, counts + (7 * PlaneBlock.WordsPerPlane));
    }

    /// <summary>Tells which rows are near, if the number is A' of <see cref="PlaneQuery"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TLane IsNear(ulong* counts, PlaneQuery* query)
    {
        // The planes of the counts from the second on are those of h; its highest is zero.
        const int Stride = PlaneBlock.WordsPerPlane;
        TLane borrow = TLane.Xor(
            TLane.And(TLane.Load(counts), TLane.Fill(query->BorrowMask)), TLane.Fill(query->Borrow));
        borrow = TLane.Borrow(_bit0, TLane.Load(counts + Stride), borrow);
        borrow = TLane.Borrow(_bit1, TLane.Load(counts + (2 * Stride)), borrow);
        borrow = TLane.Borrow(_bit2, TLane.Load(counts + (3 * Stride)), borrow);
        borrow = TLane.Borrow(_bit3, TLane.Load(counts + (4 * Stride)), borrow);
        borrow = TLane.Borrow(_bit4, TLane.Load(counts + (5 * Stride)), borrow);
        borrow = TLane.Borrow(_bit5, TLane.Load(counts + (6 * Stride)), borrow);
        borrow = TLane.Borrow(_bit6, TLane.Load(counts + (7 * Stride)), borrow);
        return TLane.Sum(_bit7, borrow, TLane.Fill(query->Inversion));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Bit(byte number, int bit) => TLane.Fill(0UL - (((ulong)number >> bit) & 1));
}
