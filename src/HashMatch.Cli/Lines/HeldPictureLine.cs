namespace HashMatch.Cli.Lines;

/// <summary>One picture that a case holds.</summary>
/// <param name="Picture">Its number within the case.</param>
/// <param name="Registered">The day, "YYYY-MM-DD".</param>
/// <param name="Hashes">How many hashes of it are registered.</param>
/// <param name="Published">Whether all of them are in the feed that platforms' own copies of the list follow.</param>
/// <param name="RemovedBy">How many platforms said, before this week, that they removed it.</param>
/// <param name="UnderReviewBy">How many said that it is under review.</param>
/// <param name="NotViolatingBy">How many said that it does not violate their rules.</param>
internal sealed record HeldPictureLine(
    int Picture,
    string Registered,
    int Hashes,
    bool Published,
    int RemovedBy,
    int UnderReviewBy,
    int NotViolatingBy);
