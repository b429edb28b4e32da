using HashMatch.Protocol;

namespace HashMatch.Service.Storage;

/// <summary>What one person registered together, known only by the digest of its key.</summary>
public sealed class Case
{
    public long Id { get; init; } = RandomId.Next();

    public required byte[] KeyDigest { get; init; }

    public required AgeGroup AgeGroup { get; init; }

    public CaseState State { get; set; } = CaseState.Active;

    /// <summary>
    /// The number that the next new picture gets, from 1; a withdrawn picture's number is never given again.
    /// </summary>
    public int NextPicture { get; set; } = 1;

    public required DateOnly CreatedDay { get; init; }

    public DateOnly? WithdrawnDay { get; set; }

    /// <summary>
    /// Where the feed stood when the last hash of a withdrawn case had left the list; null until then.
    /// </summary>
    public long? WithdrawnPosition { get; set; }
}
