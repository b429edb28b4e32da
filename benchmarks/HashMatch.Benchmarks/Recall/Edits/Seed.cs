namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Makes random draws the same in every run: FNV-1a over "photo|edit", 64 bits.</summary>
internal static class Seed
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Fnv1a(string text) =>
        text.Aggregate(OffsetBasis, (hash, character) => unchecked((hash ^ character) * Prime));

    /// <summary>The lower 31 bits, as <see cref="Random"/> takes them.</summary>
    public static int Of(string photoName, string editId) => (int)(Fnv1a($"{photoName}|{editId}") & int.MaxValue);
}
