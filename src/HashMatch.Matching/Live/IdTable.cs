using System.Numerics;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>
/// The slot of every id that is listed, at about six bytes an entry. The ids themselves are the store's.
/// </summary>
/// <remarks>
/// The table consists of small ones, chosen by the first bits of the mixed id, which grow one by one: no writer waits
/// while a long table is made anew. One that is full is split in two, for which the directory doubles now and then.
/// </remarks>
internal sealed unsafe class IdTable
{
    private IdTablePart[] _parts;
    private int _bits;

    /// <summary>Makes an empty table.</summary>
    public IdTable(BlockSource memory) => _parts = [new IdTablePart(0, memory)];

    /// <summary>Takes parts that are filled.</summary>
    /// <param name="parts">A power of two of them.</param>
    public IdTable(IdTablePart[] parts)
    {
        _parts = parts;
        _bits = BitOperations.Log2((uint)parts.Length);
    }

    /// <summary>Finds the slot of an id.</summary>
    /// <param name="ids">The id of each slot.</param>
    /// <param name="id">The id.</param>
    /// <param name="slot">Its slot, if there is one.</param>
    public bool TryGet(ulong* ids, ulong id, out uint slot)
    {
        ulong mixed = Mix(id);
        return _parts[Directory(mixed)].TryGet(ids, mixed, id, out slot);
    }

    /// <summary>Adds the slot of an id that is not there.</summary>
    public void Add(ulong* ids, ulong id, uint slot)
    {
        ulong mixed = Mix(id);
        IdTablePart part = _parts[Directory(mixed)];
        while (part.IsFull && part.Count > IdTablePart.MostBeforeSplit)
        {
            Split(ids, part, mixed);
            part = _parts[Directory(mixed)];
        }

        part.Add(ids, mixed, slot);
    }

    /// <summary>Removes the slot of an id that is there.</summary>
    public void Remove(ulong* ids, ulong id) => _parts[Directory(Mix(id))].Remove(ids, Mix(id), id);

    /// <summary>The part, of a power of two of them, that an id is in.</summary>
    public static int PartOf(ulong mixed, int bits) => bits == 0 ? 0 : (int)(mixed >> (64 - bits));

    // A bijection that brings every bit of the id into the first ones.
    internal static ulong Mix(ulong id)
    {
        id ^= id >> 32;
        id *= 0x9E37_79B9_7F4A_7C15;
        id ^= id >> 29;
        id *= 0xD6E8_FEB8_6659_FD93;
        return id ^ (id >> 32);
    }

    private int Directory(ulong mixed) => PartOf(mixed, _bits);

    private void Split(ulong* ids, IdTablePart part, ulong mixed)
    {
        if (part.Depth == _bits)
        {
            var doubled = new IdTablePart[_parts.Length * 2];
            for (int i = 0; i < doubled.Length; i++)
            {
                doubled[i] = _parts[i / 2];
            }

            _parts = doubled;
            _bits++;
        }

        (IdTablePart low, IdTablePart high) = part.Split(ids);
        int shared = _bits - part.Depth;
        int first = (Directory(mixed) >> shared) << shared;
        int half = 1 << (shared - 1);
        Array.Fill(_parts, low, first, half);
        Array.Fill(_parts, high, first + half, half);
    }
}
