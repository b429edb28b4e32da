using HashMatch.Matching.Kernels;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Live;

/// <summary>What is kept of each entry, by its slot.</summary>
/// <remarks>
/// An entry stays in its slot for as long as it lives, so that merging moves nothing. A slot is given to another entry
/// only when no search and no segment can come by it any more.
/// </remarks>
internal sealed unsafe class SlotStore : IDisposable
{
    /// <summary>The most entries there can be, dead ones included.</summary>
    public const int MaxCapacity = 1 << 30;

    private const int LeastCapacity = 1 << 10;

    // From here on the store asks for address space that outlasts nearly every list, where untouched memory costs
    // nothing: growing copies everything, and writers wait for it.
    private const int ReserveFrom = 1 << 20;
    private const int Reserve = 1 << 27;

    private readonly NativeBlock _ids;
    private readonly NativeBlock _labels;

    private SlotStore(int least, bool isReserve, BlockSource memory)
    {
        // Scans go over whole blocks.
        int capacity = (int)((least + PlaneBlock.Rows - 1L) / PlaneBlock.Rows * PlaneBlock.Rows);
        Capacity = capacity;
        bool isDone = false;
        try
        {
            Rows = new HashRows(capacity, isReserve, memory);
            _ids = memory.Take((nuint)capacity * sizeof(ulong), isReserve);
            _labels = memory.Take((nuint)capacity, isReserve);
            Removed = new SlotSet(capacity, memory, isReserve);
            Unused = new SlotSet(capacity, memory, isReserve);
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                // At once, as it may be just what a smaller one needs.
                Rows?.Dispose();
                _ids?.Dispose();
                _labels?.Dispose();
                Removed?.Dispose();
            }
        }
    }

    /// <summary>Where memory comes from.</summary>
    public BlockSource Memory => Rows.Memory;

    public int Capacity { get; }

    public HashRows Rows { get; }

    /// <summary>The slots whose entry was removed, and which were not given to another entry.</summary>
    public SlotSet Removed { get; }

    /// <summary>Those of the removed slots that another entry may have. Only writers look at it.</summary>
    public SlotSet Unused { get; }

    public ulong* Ids => (ulong*)_ids.Pointer;

    public byte* Labels => _labels.Pointer;

    /// <summary>For how many entries there should be room when there is too little.</summary>
    /// <param name="capacity">For how many there is.</param>
    /// <param name="needed">For how many there must be, at most <see cref="MaxCapacity"/>.</param>
    /// <param name="isLazy">Whether memory that nobody wrote to costs nothing.</param>
    public static int CapacityFor(int capacity, int needed, bool isLazy)
    {
        int doubled = (int)Math.Max(needed, Math.Min(2L * capacity, MaxCapacity));
        return isLazy && needed > ReserveFrom ? Math.Max(Reserve, doubled) : doubled;
    }

    /// <summary>
    /// Makes an empty store for at least so many entries, and for more of them where that costs nothing: the first one
    /// that is added would copy all the others.
    /// </summary>
    public static SlotStore Create(int count, BlockSource memory)
    {
        int least = Math.Max(count, LeastCapacity);
        return Allocate(
            NativeBlock.IsLazy ? Math.Max(CapacityFor(count, count, isLazy: true), least) : least, least, memory);
    }

    /// <summary>Makes a store with the same entries and room for more.</summary>
    /// <param name="used">How many slots are in use: all below.</param>
    /// <param name="needed">How many must find room.</param>
    public SlotStore Grow(int used, int needed)
    {
        SlotStore grown = Allocate(
            CapacityFor(Capacity, needed, NativeBlock.IsLazy),
            CapacityFor(Capacity, needed, isLazy: false),
            Memory);
        Rows.Span[..used].CopyTo(grown.Rows.Span);
        new ReadOnlySpan<ulong>(Ids, used).CopyTo(new Span<ulong>(grown.Ids, used));
        new ReadOnlySpan<byte>(Labels, used).CopyTo(new Span<byte>(grown.Labels, used));
        grown.Removed.AddAll(Removed);
        grown.Unused.AddAll(Unused);
        return grown;
    }

    public void Write(uint slot, in Hash256 hash, ulong id, byte label)
    {
        Rows.Pointer[slot] = hash;
        Ids[slot] = id;
        Labels[slot] = label;
    }

    public void Dispose()
    {
        Rows.Dispose();
        _ids.Dispose();
        _labels.Dispose();
        Removed.Dispose();
        Unused.Dispose();
    }

    private static SlotStore Allocate(int capacity, int least, BlockSource memory)
    {
        try
        {
            return new SlotStore(capacity, capacity > ReserveFrom && NativeBlock.IsLazy, memory);
        }
        catch (OutOfMemoryException) when (capacity > least)
        {
            // The process may have only so much address space, or Linux may promise no more memory than there is.
            return new SlotStore(least, isReserve: false, memory);
        }
    }
}
