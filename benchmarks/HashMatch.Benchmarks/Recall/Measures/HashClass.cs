using HashMatch.Hashing;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// Hashes of an upload that share the distances of the tiers: photos may be like each other sooner where the sky of
/// both is above, and few copies are turned, so that what is turned must be nearer.
/// </summary>
/// <param name="Name">As tables call it.</param>
/// <param name="Turns">How the views are turned whose hashes these are.</param>
/// <param name="IsNegative">Whether these are the complements of the hashes.</param>
internal sealed record HashClass(string Name, IReadOnlyList<Dihedral> Turns, bool IsNegative)
{
    private static readonly HashClass AsItIs = new("as it is", [Dihedral.Identity], false);
    private static readonly HashClass Mirrored = new("mirrored", [Dihedral.FlipY], false);

    private static readonly HashClass Turned = new(
        "turned", [.. Enum.GetValues<Dihedral>().Except(AsItIs.Turns).Except(Mirrored.Turns)], false);

    private static readonly HashClass Negative = new("negative", Enum.GetValues<Dihedral>(), true);

    /// <summary>The classes of a set; of hashes that are not the product's all are one class.</summary>
    public static IReadOnlyList<HashClass> Of(QueryViews? asked) => asked switch
    {
        QueryViews.Turned => [AsItIs, Mirrored, Turned],
        QueryViews.Wide => [AsItIs, Mirrored, Turned, Negative],
        _ => [AsItIs],
    };

    public bool Holds(Dihedral turn, bool isNegative) => isNegative == IsNegative && Turns.Contains(turn);
}
