using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>The hashes that are really used of those that a picture gave.</summary>
internal static class Questions
{
    public static ViewHash[] Usable(IReadOnlyList<ViewHash> hashes) => [.. hashes.Where(hash => hash.IsUsable)];

    /// <summary>What is asked for: the hashes, and behind them their complements where negatives are tried.</summary>
    public static Hash256[] Of(ViewHash[] usable, bool withNegatives)
    {
        IEnumerable<Hash256> hashes = usable.Select(view => view.Hash);
        return [.. withNegatives ? hashes.Concat(usable.Select(view => Complement(view.Hash))) : hashes];
    }

    /// <summary>Those of one class.</summary>
    public static Hash256[] Of(ViewHash[] usable, HashClass hashClass) =>
    [
        .. usable.Where(view => hashClass.Turns.Contains(view.Turn))
            .Select(view => hashClass.IsNegative ? Complement(view.Hash) : view.Hash),
    ];

    public static Hash256 Complement(Hash256 hash) =>
        new(~hash.GetWord(0), ~hash.GetWord(1), ~hash.GetWord(2), ~hash.GetWord(3));
}
