using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>All figures of a run, as its JSON file has them.</summary>
/// <param name="Photos">How many photos were edited.</param>
/// <param name="Edits">In how many ways.</param>
/// <param name="Contenders">The sets that were asked for, then what they are compared with.</param>
/// <param name="Costs">What hashing costs.</param>
internal sealed record RecallReport(
    int Photos,
    int Edits,
    IReadOnlyList<ContenderReport> Contenders,
    IReadOnlyList<HashCost> Costs)
{
    /// <summary>The sets that the run was asked for.</summary>
    public ContenderReport Main => Contenders[0];

    /// <summary>One plain hash on both sides, which is what platforms do with PDQ today.</summary>
    public ContenderReport Plain => Contenders[1];
}
