namespace HashMatch.Matching;

/// <summary>An index that was read from a file.</summary>
/// <param name="Index">The entries as they were when they were saved.</param>
/// <param name="Label">What was saved with them.</param>
public sealed record SavedIndex(HashIndex Index, ReadOnlyMemory<byte> Label)
{
    /// <summary>The most bytes that a label may have: 4096.</summary>
    public const int MaxLabelLength = 4096;
}
