using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>The hashes that are really used of those that a picture gave.</summary>
internal static class Questions
{
    public static ViewHash[] Usable(IReadOnlyList<ViewHash> hashes) => [.. hashes.Where(hash => hash.IsUsable)];

    /// <summary>What is looked up, class by class.</summary>
    public static Question[] Of(ViewHash[] usable, IReadOnlyList<HashClass> classes)
    {
        HashSet<string> turned = [.. usable.Where(hash => hash.Turn != Dihedral.Identity).Select(hash => hash.View)];
        return
        [
            .. from k in Enumerable.Range(0, classes.Count)
               from view in Enumerable.Range(0, usable.Length)
               where classes[k].Turns.Contains(usable[view].Turn)
                   && (!classes[k].IsNegative || turned.Contains(usable[view].View))
               select new Question(classes[k].Ask(usable[view].Hash), view, k),
        ];
    }

    /// <summary>Those of one class.</summary>
    public static Hash256[] Of(ViewHash[] usable, HashClass hashClass) =>
        [.. Of(usable, [hashClass]).Select(question => question.Hash)];
}
