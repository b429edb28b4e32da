using System.Numerics;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>Makes the table of many ids at once, on all processors.</summary>
/// <remarks>
/// The slots are first parted by the small table that their ids belong to: counted, then written one after the other.
/// Each small table, which fits the nearer caches, is then filled at once.
/// </remarks>
internal sealed unsafe class IdTableBuilder
{
    // So many ids a part are well below the number at which it is split.
    private const int IdsPerPart = IdTablePart.MostBeforeSplit / 2;
    private const int LeastChunk = 65_536;

    private readonly BlockSource _memory;
    private readonly ulong* _ids;
    private readonly int _count;
    private readonly int _bits;
    private readonly int _chunkLength;

    private IdTableBuilder(ulong* ids, int count, BlockSource memory)
    {
        _memory = memory;
        _ids = ids;
        _count = count;
        _bits = count <= IdsPerPart ? 0 : BitOperations.Log2((uint)((count - 1) / IdsPerPart)) + 1;
        _chunkLength = Math.Max(LeastChunk, (count / (4 * Environment.ProcessorCount)) + 1);
    }

    /// <summary>Makes the table.</summary>
    /// <param name="ids">The id of each slot.</param>
    /// <param name="count">How many slots there are, from the first on.</param>
    /// <param name="memory">Where memory comes from.</param>
    /// <returns>The table, or null if an id is there twice.</returns>
    public static IdTable? Build(ulong* ids, int count, BlockSource memory)
    {
        try
        {
            return new IdTableBuilder(ids, count, memory).Run();
        }
        catch (AggregateException exception) when (exception.InnerException is OutOfMemoryException)
        {
            throw new InsufficientMemoryException("There is no memory for the table of ids.", exception);
        }
    }

    private IdTable? Run()
    {
        int parts = 1 << _bits;
        int[][] places = new int[(_count + _chunkLength - 1) / _chunkLength][];
        Parallel.For(0, places.Length, chunk => places[chunk] = CountChunk(chunk));

        // Where each chunk's ids of each part go: behind those of earlier parts, and of earlier chunks.
        int[] starts = new int[parts + 1];
        int sum = 0;
        for (int part = 0; part < parts; part++)
        {
            starts[part] = sum;
            foreach (int[] place in places)
            {
                (place[part], sum) = (sum, sum + place[part]);
            }
        }

        starts[parts] = sum;
        using NativeBlock memory = _memory.Take((nuint)_count * sizeof(uint));
        var slots = (uint*)memory.Pointer;
        Parallel.For(0, places.Length, chunk => WriteChunk(chunk, places[chunk], slots));

        var made = new IdTablePart[parts];
        bool isSound = true;
        Parallel.For(0, parts, part =>
        {
            made[part] = new IdTablePart(_bits, _memory);
            var some = new ReadOnlySpan<uint>(slots + starts[part], starts[part + 1] - starts[part]);
            if (!made[part].TryFill(some, _count, _ids))
            {
                isSound = false;
            }
        });
        return isSound ? new IdTable(made) : null;
    }

    private int[] CountChunk(int chunk)
    {
        int[] counts = new int[1 << _bits];
        for (int slot = chunk * _chunkLength; slot < End(chunk); slot++)
        {
            counts[IdTable.PartOf(IdTable.Mix(_ids[slot]), _bits)]++;
        }

        return counts;
    }

    private void WriteChunk(int chunk, int[] places, uint* slots)
    {
        for (int slot = chunk * _chunkLength; slot < End(chunk); slot++)
        {
            slots[places[IdTable.PartOf(IdTable.Mix(_ids[slot]), _bits)]++] = (uint)slot;
        }
    }

    private int End(int chunk) => (int)Math.Min(_count, (chunk + 1L) * _chunkLength);
}
