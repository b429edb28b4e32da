namespace HashMatch.Matching.Memory;

/// <summary>Hashes one after the other, row by row, in a block of native memory that begins on a cache line.</summary>
/// <remarks>
/// Whoever fills it does so before anybody else sees it. Whoever uses the pointer or the span holds the rows meanwhile.
/// </remarks>
internal sealed unsafe class HashRows : IDisposable
{
    private readonly NativeBlock _block;

    /// <summary>Takes room for some hashes, all of which are zero.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isReserve">Whether most of it will not be used for long.</param>
    /// <param name="memory">Where it comes from: the machine, unless said otherwise.</param>
    public HashRows(int count, bool isReserve = false, BlockSource? memory = null)
    {
        Memory = memory ?? BlockSource.Machine;
        _block = Memory.Take((nuint)count * Hash256.ByteCount, isReserve);
        Count = count;
    }

    /// <summary>Where the memory comes from, and that of what is made of the rows.</summary>
    public BlockSource Memory { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The first row.</summary>
    public Hash256* Pointer => (Hash256*)_block.Pointer;

    /// <summary>All rows.</summary>
    public Span<Hash256> Span => new(Pointer, Count);

    /// <summary>The bytes of memory taken.</summary>
    public long Bytes => (long)_block.Length;

    /// <summary>Keeps the memory, even if the rows are disposed, until it is released.</summary>
    public void Hold()
    {
        bool isHeld = false;
        _block.DangerousAddRef(ref isHeld);
    }

    /// <summary>Ends a hold.</summary>
    public void Release() => _block.DangerousRelease();

    /// <inheritdoc/>
    public void Dispose() => _block.Dispose();
}
