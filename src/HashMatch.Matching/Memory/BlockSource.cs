namespace HashMatch.Matching.Memory;

/// <summary>Where blocks of memory come from. A test derives from it to refuse some of them.</summary>
internal class BlockSource
{
    /// <summary>The machine, which gives what it has.</summary>
    public static BlockSource Machine { get; } = new();

    /// <summary>Takes a block, as <see cref="NativeBlock(nuint, bool)"/> does.</summary>
    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public virtual NativeBlock Take(nuint length, bool isReserve = false) => new(length, isReserve);
}
