using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// Hashes of an upload that share the distances of the tiers: photos may be like each other sooner where the sky of
/// both is above, and few copies are turned, so that what is turned must be nearer.
/// </summary>
/// <param name="Name">As tables call it.</param>
/// <param name="Queries">The sets that look these up.</param>
/// <param name="Turns">How the views are turned whose hashes these are.</param>
/// <param name="IsNegative">Whether these are the complements of the hashes.</param>
internal sealed record HashClass(
    string Name, IReadOnlyList<QueryViews> Queries, IReadOnlyList<Dihedral> Turns, bool IsNegative)
{
    private static readonly Dihedral[] Unturned = [Dihedral.Identity];
    private static readonly Dihedral[] LeftToRight = [Dihedral.FlipY];

    private static readonly HashClass[] All =
    [
        new("as it is", [QueryViews.Plain, QueryViews.Turned, QueryViews.Wide], Unturned, false),
        new("mirrored", [QueryViews.Turned, QueryViews.Wide], LeftToRight, false),
        new(
            "turned",
            [QueryViews.Turned, QueryViews.Wide],
            [.. Enum.GetValues<Dihedral>().Except(Unturned).Except(LeftToRight)],
            false),

        // Nobody turns a negative: of 25,400 copies those of turned views found none that others did not find. Nor are
        // negatives looked up of parts that are never turned.
        new("negative", [QueryViews.Wide], Unturned, true),
    ];

    /// <summary>The classes of a set; hashes that are not the product's are all as they are.</summary>
    public static IReadOnlyList<HashClass> Of(QueryViews? asked) =>
        [.. All.Where(one => one.Queries.Contains(asked ?? QueryViews.Plain))];

    /// <summary>What is looked up for a hash: a negative has its complement.</summary>
    public Hash256 Ask(Hash256 hash) => IsNegative
        ? new Hash256(~hash.GetWord(0), ~hash.GetWord(1), ~hash.GetWord(2), ~hash.GetWord(3))
        : hash;
}
