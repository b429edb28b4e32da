namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>The figures of one way to find copies. Lists by distance begin at distance 0.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Register">The set that is registered.</param>
/// <param name="Query">The set that is asked for.</param>
/// <param name="Description">What both are.</param>
/// <param name="Bits">The size of a hash.</param>
/// <param name="UsualDistance">The distance that is usual.</param>
/// <param name="All">The share of copies found: the mean over edits.</param>
/// <param name="ByGroup">The same for the edits of each group.</param>
/// <param name="ByEdit">The same for each edit.</param>
/// <param name="ByNumberOfHashes">The same with fewer hashes.</param>
/// <param name="ClosestViews">How many found copies each view came closest to.</param>
/// <param name="Photos">All photos as they are against each other.</param>
/// <param name="Uploads">All edited photos against all other photos.</param>
/// <param name="SameFrames">Photos in frames against others registered in the same frame.</param>
internal sealed record ContenderReport(
    string Name,
    string Register,
    string Query,
    string Description,
    int Bits,
    int UsualDistance,
    RecallRow All,
    IReadOnlyList<RecallRow> ByGroup,
    IReadOnlyList<RecallRow> ByEdit,
    IReadOnlyList<HashNumberRow> ByNumberOfHashes,
    IReadOnlyList<ViewRow> ClosestViews,
    WrongReport Photos,
    WrongReport Uploads,
    WrongReport SameFrames)
{
    /// <summary>The distances of the hashes that nothing was done to; the other classes have smaller ones.</summary>
    public WrongClass Untouched => Uploads.ByClass[0];

    /// <summary>Whether these hashes are the product's.</summary>
    public bool HasTiers => Untouched.Review >= 0;
}
