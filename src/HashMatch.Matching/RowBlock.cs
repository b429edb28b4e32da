using System.Runtime.CompilerServices;

namespace HashMatch.Matching;

/// <summary>A fixed number of rows, each a hash and its id, laid out in columns for the scan.</summary>
internal sealed class RowBlock
{
    // Large enough that the work between blocks does not count; small enough that one block with its ids (80 kB) stays
    // in the second-level cache while a batch goes over it, and off the large object heap.
    public const int Capacity = 2048;

    // Four columns of Capacity words each: all first words, then all second words, and so on. The scan decides nearly
    // every row by the first two columns and leaves the other half of the memory untouched.
    private readonly ulong[] _words;
    private readonly ulong[] _ids;

    public RowBlock()
    {
        _words = new ulong[4 * Capacity];
        _ids = new ulong[Capacity];
    }

    private RowBlock(ulong[] words, ulong[] ids)
    {
        _words = words;
        _ids = ids;
    }

    private RowBlock(RowBlock other)
    {
        _words = (ulong[])other._words.Clone();
        _ids = (ulong[])other._ids.Clone();
    }

    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>The ids of all rows.</summary>
    public Span<ulong> Ids => _ids;

    /// <summary>Makes a block whose every row is going to be written before it is read.</summary>
    public static RowBlock CreateUninitialized() => new(
        GC.AllocateUninitializedArray<ulong>(4 * Capacity), GC.AllocateUninitializedArray<ulong>(Capacity));

    public RowBlock Clone() => new(this);

    /// <summary>One of the four words, from 0, of all rows.</summary>
    public Span<ulong> Column(int word) => _words.AsSpan(word * Capacity, Capacity);

    public void Write(int row, Hash256 hash, ulong id)
    {
        for (int word = 0; word < 4; word++)
        {
            _words[(word * Capacity) + row] = hash.GetWord(word);
        }

        _ids[row] = id;
    }

    public Hash256 GetHash(int row) =>
        new(_words[row], _words[Capacity + row], _words[(2 * Capacity) + row], _words[(3 * Capacity) + row]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong GetId(int row) => _ids[row];
}
