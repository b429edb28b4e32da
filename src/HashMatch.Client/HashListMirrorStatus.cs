namespace HashMatch.Client;

/// <summary>How far a mirror is.</summary>
/// <param name="Epoch">The epoch of the service's feed: 32 hexadecimal digits.</param>
/// <param name="Position">The position in the feed up to which the mirror matches.</param>
/// <param name="LiveCount">How many entries it matches.</param>
/// <param name="CheckpointDay">The day (UTC) of the newest signature that was verified, or null.</param>
/// <param name="KeyId">The id of the key that is trusted now: 64 hexadecimal digits, or null.</param>
/// <param name="IsFollowing">Whether the service's stream is open and its first page was verified.</param>
/// <param name="IsCurrent">Whether it follows and has all that the service has published.</param>
/// <param name="LastError">
/// Why it does not follow, or cannot write its file: a sentence; null when all is well.
/// </param>
public sealed record HashListMirrorStatus(
    string Epoch,
    ulong Position,
    int LiveCount,
    DateOnly? CheckpointDay,
    string? KeyId,
    bool IsFollowing,
    bool IsCurrent,
    string? LastError);
