using HashMatch.Matching;

namespace HashMatch.Service.Storage;

/// <summary>One hash that a case holds; a case holds a hash once.</summary>
public sealed class CaseFingerprint
{
    public required long CaseId { get; init; }

    public required Hash256 Hash { get; init; }

    /// <summary>The picture's number within the case, from 1.</summary>
    public required int Picture { get; init; }

    public required DateOnly AddedDay { get; init; }
}
