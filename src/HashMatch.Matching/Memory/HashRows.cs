namespace HashMatch.Matching.Memory;

/// <summary>Hashes one after the other, row by row, in a block of native memory that begins on a cache line.</summary>
/// <remarks>
/// Whoever fills it does so before anybody else sees it. Whoever uses the pointer or the span holds the rows meanwhile.
/// </remarks>
internal sealed unsafe class HashRows : IDisposable
{
    private readonly NativeBlock _block;

    /// <summary>Takes room for some hashes, all of which are zero.</summary>
    public HashRows(int count)
    {
        _block = new NativeBlock((nuint)count * Hash256.ByteCount);
        Count = count;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The first row.</summary>
    public Hash256* Pointer => (Hash256*)_block.Pointer;

    /// <summary>All rows.</summary>
    public Span<Hash256> Span => new(Pointer, Count);

    /// <summary>The bytes of memory taken.</summary>
    public long Bytes => (long)_block.Length;

    /// <inheritdoc/>
    public void Dispose() => _block.Dispose();
}
