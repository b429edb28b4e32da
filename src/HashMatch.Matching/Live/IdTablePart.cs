using System.Numerics;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>The slots of those ids whose mixed bits begin alike.</summary>
/// <remarks>
/// An open table with linear probing. What a slot leaves of 32 bits is a tag, further bits of the mixed id, so that the
/// id of another slot is seldom read. Nothing is 0, and what was removed is all ones.
/// </remarks>
internal sealed unsafe class IdTablePart
{
    /// <summary>A part that is full and holds more than this is split instead of grown.</summary>
    public const int MostBeforeSplit = 32_768;

    private const int LeastLength = 16;
    private const int Ahead = 16;
    private const uint Gone = uint.MaxValue;

    // Outside the collected heap, which would grow by what is thrown away whenever a part grows.
    private NativeBlock _memory;
    private readonly BlockSource _source;
    private int _length;

    // The slot takes the low bits, plus one so that none is 0; the tag is what is left above.
    private int _slotBits = 8;

    // Entries and what is left of removed ones.
    private int _used;

    public IdTablePart(int depth, BlockSource source)
    {
        _source = source;
        Depth = depth;
        _memory = Allocate(LeastLength);
        _length = LeastLength;
    }

    /// <summary>How many first bits all ids share.</summary>
    public int Depth { get; }

    public int Count { get; private set; }

    /// <summary>Whether one more has no room: a part is filled to seven eighths at most.</summary>
    public bool IsFull => (_used + 1) * 8L > _length * 7L;

    public bool TryGet(ulong* ids, ulong mixed, ulong id, out uint slot)
    {
        int at = Find(ids, mixed, id);
        slot = at < 0 ? 0 : SlotOf(Entries[at]);
        GC.KeepAlive(this);
        return at >= 0;
    }

    public void Add(ulong* ids, ulong mixed, uint slot)
    {
        // All ones in the slot's bits is kept out, as an entry of all ones means something else.
        if (IsFull || slot + 1 >= Mask)
        {
            Rebuild(ids, Math.Max(_slotBits, SlotBitsFor(slot)));
        }

        Insert(mixed, slot);
    }

    /// <summary>Fills an empty part.</summary>
    /// <param name="slots">The slots whose ids belong here.</param>
    /// <param name="end">All slots are below.</param>
    /// <param name="ids">The id of each slot.</param>
    /// <returns>False if an id is there twice.</returns>
    public bool TryFill(ReadOnlySpan<uint> slots, int end, ulong* ids)
    {
        Clear(LengthFor(slots.Length), SlotBitsFor((uint)end)).Dispose();
        uint* table = Entries;
        uint mask = Mask;
        for (int i = 0; i < slots.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < slots.Length)
            {
                Sse.Prefetch0(ids + slots[i + Ahead]);
            }

            ulong id = ids[slots[i]];
            ulong mixed = IdTable.Mix(id);
            uint tag = Tag(mixed);
            int at = Home(mixed);
            for (; table[at] != 0; at = Next(at))
            {
                if ((table[at] & ~mask) == tag && ids[(table[at] & mask) - 1] == id)
                {
                    return false;
                }
            }

            table[at] = tag | (slots[i] + 1);
        }

        _used = slots.Length;
        Count = slots.Length;
        return true;
    }

    public void Remove(ulong* ids, ulong mixed, ulong id)
    {
        int at = Find(ids, mixed, id);
        Count--;
        int next = Next(at);
        if (Entries[next] != 0)
        {
            Entries[at] = Gone;
            return;
        }

        // Nothing is looked for beyond an empty place, so that what was removed just before it may become empty too.
        do
        {
            Entries[at] = 0;
            _used--;
            at = at == 0 ? _length - 1 : at - 1;
        }
        while (Entries[at] == Gone);
    }

    /// <summary>Gives two parts, by the next bit.</summary>
    public (IdTablePart Low, IdTablePart High) Split(ulong* ids)
    {
        var low = new IdTablePart(Depth + 1, _source);
        var high = new IdTablePart(Depth + 1, _source);
        low.Clear(LengthFor(Count / 2), _slotBits).Dispose();
        high.Clear(LengthFor(Count / 2), _slotBits).Dispose();
        foreach (uint entry in new ReadOnlySpan<uint>(Entries, _length))
        {
            if (entry is not 0 and not Gone)
            {
                uint slot = SlotOf(entry);
                ulong mixed = IdTable.Mix(ids[slot]);
                (((mixed >> (63 - Depth)) & 1) == 0 ? low : high).Add(ids, mixed, slot);
            }
        }

        _memory.Dispose();
        return (low, high);
    }

    // The number that stands for a slot is one more, and is not to be all ones.
    private static int SlotBitsFor(uint slot) => BitOperations.Log2(slot + 2) + 1;

    // Room for some more than so many.
    private static int LengthFor(int count) => (count / 3 * 4) + LeastLength;

    private uint* Entries => (uint*)_memory.Pointer;

    private uint Mask => (1U << _slotBits) - 1;

    private uint SlotOf(uint entry) => (entry & Mask) - 1;

    private uint Tag(ulong mixed) => (uint)mixed & ~Mask;

    // By bits behind those that chose the part, and apart from the tag's.
    private int Home(ulong mixed) =>
        (int)(((ulong)(uint)((mixed << Depth) >> 32) * (ulong)_length) >> 32);

    private int Next(int at) => at + 1 == _length ? 0 : at + 1;

    private int Find(ulong* ids, ulong mixed, ulong id)
    {
        uint* entries = Entries;
        uint mask = Mask;
        uint tag = Tag(mixed);
        for (int at = Home(mixed); entries[at] != 0; at = Next(at))
        {
            uint entry = entries[at];
            if ((entry & ~mask) == tag && entry != Gone && ids[(entry & mask) - 1] == id)
            {
                return at;
            }
        }

        return -1;
    }

    private void Insert(ulong mixed, uint slot)
    {
        int at = Home(mixed);
        while (Entries[at] is not 0 and not Gone)
        {
            at = Next(at);
        }

        _used += Entries[at] == 0 ? 1 : 0;
        Entries[at] = Tag(mixed) | (slot + 1);
        Count++;
    }

    private void Rebuild(ulong* ids, int slotBits)
    {
        var old = new ReadOnlySpan<uint>(Entries, _length);
        uint mask = Mask;

        // A sixth more than what is full, so that a part is between 0.75 and 0.875 full.
        using NativeBlock memory = Clear((int)Math.Max(LeastLength, (Count + 1) * 4L / 3), slotBits);
        foreach (uint entry in old)
        {
            if (entry is not 0 and not Gone)
            {
                uint slot = (entry & mask) - 1;
                Insert(IdTable.Mix(ids[slot]), slot);
            }
        }
    }

    // Takes new memory and gives the old.
    private NativeBlock Clear(int length, int slotBits)
    {
        NativeBlock old = _memory;
        _memory = Allocate(length);
        _length = length;
        _slotBits = slotBits;
        _used = 0;
        Count = 0;
        return old;
    }

    private NativeBlock Allocate(int length) => _source.Take((nuint)length * sizeof(uint));
}
