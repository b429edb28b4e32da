namespace HashMatch.Hashing;

/// <summary>One allocation that the parts of a blur share. It grows when a larger picture comes and is kept.</summary>
internal sealed unsafe class BlurWorkspace
{
    // A cache line, and the widest vector: no load of a vector crosses two lines.
    private const int Alignment = 64;

    private byte[] _bytes = [];

    /// <summary>Gives at least this many bytes, aligned. What they hold is left over from before.</summary>
    /// <remarks>The array is pinned for its life, so the address holds as long as the workspace is reachable.</remarks>
    public byte* Take(long byteCount)
    {
        if (_bytes.LongLength < byteCount + Alignment)
        {
            // The old one first, so that both are never needed at once.
            _bytes = [];
            _bytes = GC.AllocateUninitializedArray<byte>(checked((int)(byteCount + Alignment)), pinned: true);
        }

        fixed (byte* start = _bytes)
        {
            return (byte*)(((nint)start + Alignment - 1) & ~(nint)(Alignment - 1));
        }
    }
}
