using HashMatch.Hashing;
using HashMatch.Media;

namespace HashMatch.Benchmarks.Recall;

/// <summary>Tells cached hashes of another version from those of this one.</summary>
internal static class ToolVersion
{
    /// <summary>To be raised with every change of what an edit makes; a test watches over it.</summary>
    public const int Edits = 1;

    /// <summary>To be raised with every change of what a set of views gives, other than of PDQ itself.</summary>
    public const int Views = 1;

    /// <summary>
    /// The two numbers, and the builds of the hasher and the decoder: each build of other sources has an id of its own.
    /// </summary>
    public static string Text { get; } =
        $"{Edits}/{Views}/{typeof(PdqHasher).Module.ModuleVersionId}/{typeof(ImageDecoder).Module.ModuleVersionId}";
}
