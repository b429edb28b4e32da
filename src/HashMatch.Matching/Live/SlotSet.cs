using System.Numerics;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>A set of slots, as a bitmap.</summary>
internal sealed unsafe class SlotSet : IDisposable
{
    private readonly BlockSource _memory;
    private readonly NativeBlock _block;

    /// <summary>Makes an empty set of slots below a capacity.</summary>
    public SlotSet(int capacity, BlockSource memory, bool isReserve = false)
    {
        _memory = memory;
        WordCount = (int)(((long)capacity + 63) / 64);
        _block = memory.Take((nuint)WordCount * sizeof(ulong), isReserve);
    }

    public int WordCount { get; }

    public ulong* Words => (ulong*)_block.Pointer;

    public ReadOnlySpan<ulong> Span => new(Words, WordCount);

    public bool this[uint slot] => ((Volatile.Read(ref Words[slot / 64]) >> (int)(slot % 64)) & 1) != 0;

    public void Add(uint slot) => Volatile.Write(ref Words[slot / 64], Words[slot / 64] | (1UL << (int)(slot % 64)));

    public void Remove(uint slot) =>
        Volatile.Write(ref Words[slot / 64], Words[slot / 64] & ~(1UL << (int)(slot % 64)));

    /// <summary>Adds all slots below a count.</summary>
    public void AddFirst(int count)
    {
        new Span<ulong>(Words, count / 64).Fill(ulong.MaxValue);
        if (count % 64 > 0)
        {
            Words[count / 64] |= (1UL << (count % 64)) - 1;
        }
    }

    public void AddAll(SlotSet other)
    {
        for (int i = 0; i < Math.Min(WordCount, other.WordCount); i++)
        {
            // Memory that nobody wrote to should stay so.
            if (other.Words[i] != 0)
            {
                Words[i] |= other.Words[i];
            }
        }
    }

    public void RemoveAll(SlotSet other)
    {
        for (int i = 0; i < Math.Min(WordCount, other.WordCount); i++)
        {
            Words[i] &= ~other.Words[i];
        }
    }

    /// <summary>Finds the first slot at or behind a word.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(int fromWord, out uint slot)
    {
        for (int i = fromWord; i < WordCount; i++)
        {
            if (Words[i] != 0)
            {
                slot = (uint)((i * 64) + BitOperations.TrailingZeroCount(Words[i]));
                return true;
            }
        }

        slot = 0;
        return false;
    }

    public int CountSlots()
    {
        int count = 0;
        for (int i = 0; i < WordCount; i++)
        {
            count += BitOperations.PopCount(Words[i]);
        }

        return count;
    }

    /// <summary>Gives the slots in ascending order.</summary>
    public uint[] ToArray()
    {
        uint[] slots = new uint[CountSlots()];
        int at = 0;
        for (int word = 0; word < WordCount; word++)
        {
            for (ulong left = Words[word]; left != 0; left &= left - 1)
            {
                slots[at++] = (uint)((word * 64) + BitOperations.TrailingZeroCount(left));
            }
        }

        return slots;
    }

    /// <summary>How many slots are in another set too.</summary>
    public int CountCommon(SlotSet other)
    {
        int count = 0;
        for (int i = 0; i < Math.Min(WordCount, other.WordCount); i++)
        {
            count += BitOperations.PopCount(Words[i] & other.Words[i]);
        }

        return count;
    }

    /// <summary>Gives a copy of the first words.</summary>
    public SlotSet Copy(int capacity)
    {
        var copy = new SlotSet(capacity, _memory);
        copy.AddAll(this);
        return copy;
    }

    public void Dispose() => _block.Dispose();
}
