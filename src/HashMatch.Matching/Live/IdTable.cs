namespace HashMatch.Matching.Live;

/// <summary>The slot of every id that is listed, at about six bytes an entry. The ids themselves are the store's.</summary>
/// <remarks>
/// The table consists of small ones, chosen by the first bits of the mixed id, which grow one by one: no writer waits
/// while a long table is made anew. One that is full is split in two, for which the directory doubles now and then.
/// </remarks>
internal sealed unsafe class IdTable
{
    // So many ids a part are well below the number at which it is split.
    private const int IdsPerPart = IdTablePart.MostBeforeSplit * 3 / 4;
    private const int ChunkLength = 65_536;

    private IdTablePart[] _parts = [new IdTablePart(0)];
    private int _bits;

    /// <summary>Makes a table of many slots at once, on all processors.</summary>
    /// <param name="ids">The id of each slot.</param>
    /// <param name="count">How many slots there are, from the first on.</param>
    /// <param name="table">The table.</param>
    /// <returns>False if an id is there twice.</returns>
    public static bool TryCreate(ulong* ids, int count, out IdTable table)
    {
        table = new IdTable();
        while (((long)IdsPerPart << table._bits) < count)
        {
            table._bits++;
        }

        // Which slots go to which part: counted chunk by chunk, then written where those of earlier chunks end.
        int bits = table._bits;
        int parts = 1 << bits;
        int chunks = (int)(((long)count + ChunkLength - 1) / ChunkLength);
        int[] places = new int[(chunks * parts) + 1];
        Parallel.For(0, chunks, chunk =>
        {
            for (int slot = chunk * ChunkLength; slot < Math.Min(count, (chunk + 1) * ChunkLength); slot++)
            {
                places[(PartOf(Mix(ids[slot]), bits) * chunks) + chunk]++;
            }
        });
        int sum = 0;
        for (int i = 0; i < places.Length; i++)
        {
            (places[i], sum) = (sum, sum + places[i]);
        }

        uint[] slots = new uint[count];
        int[] starts = [.. Enumerable.Range(0, parts + 1).Select(part => places[part * chunks])];
        Parallel.For(0, chunks, chunk =>
        {
            for (int slot = chunk * ChunkLength; slot < Math.Min(count, (chunk + 1) * ChunkLength); slot++)
            {
                slots[places[(PartOf(Mix(ids[slot]), bits) * chunks) + chunk]++] = (uint)slot;
            }
        });

        var made = new IdTablePart[parts];
        bool isSound = true;
        Parallel.For(0, parts, part =>
        {
            made[part] = new IdTablePart(bits);
            if (!made[part].TryFill(ids, slots.AsSpan(starts[part], starts[part + 1] - starts[part]), count))
            {
                isSound = false;
            }
        });
        table._parts = made;
        return isSound;
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

    // A bijection that brings every bit of the id into the first ones.
    internal static ulong Mix(ulong id)
    {
        id ^= id >> 32;
        id *= 0x9E37_79B9_7F4A_7C15;
        id ^= id >> 29;
        id *= 0xD6E8_FEB8_6659_FD93;
        return id ^ (id >> 32);
    }

    private static int PartOf(ulong mixed, int bits) => bits == 0 ? 0 : (int)(mixed >> (64 - bits));

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
