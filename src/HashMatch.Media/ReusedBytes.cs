namespace HashMatch.Media;

/// <summary>A byte array that grows as needed and is used again, unless it is too large to hold on to.</summary>
internal struct ReusedBytes()
{
    // A picture of 20 megapixels fits. One giant picture must not cost a long-lived decoder its size for good.
    private const int KeptBytes = 64 << 20;

    private byte[] _bytes = [];

    /// <summary>Gives an array of at least <paramref name="length"/> bytes, whatever they held before.</summary>
    public byte[] AtLeast(int length)
    {
        if (_bytes.Length < length || (_bytes.Length > KeptBytes && length <= KeptBytes))
        {
            // Let go of the old array first, so that the collector need not keep both.
            _bytes = [];
            int rounded = (int)Math.Min(Array.MaxLength, (length + 0xFFFFFL) & ~0xFFFFFL);
            _bytes = GC.AllocateUninitializedArray<byte>(rounded);
        }

        return _bytes;
    }
}
