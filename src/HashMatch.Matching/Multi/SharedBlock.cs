using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Multi;

/// <summary>Native memory that several indexes may have at once; it is freed when the last one lets go of it.</summary>
internal sealed class SharedBlock(nuint length, BlockSource memory) : IDisposable
{
    private readonly NativeBlock _block = memory.Take(length);
    private int _holders;

    /// <summary>The memory.</summary>
    public NativeBlock Block => _block;

    /// <summary>Holds it once more.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Lets go of it once.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _block.Dispose();
        }
    }
}
