namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch mirror pull --json</c> and <c>mirror status --json</c> say.</summary>
/// <param name="Epoch">The epoch of the feed, 32 hexadecimal digits.</param>
/// <param name="Position">The position in the feed.</param>
/// <param name="LiveCount">How many entries the list has.</param>
/// <param name="CheckpointDay">The day of the newest signature that was verified.</param>
/// <param name="KeyId">The id of the service's key, 64 hexadecimal digits; while it is connected.</param>
/// <param name="Following">Whether it follows; in a status of the folder, it is not known.</param>
/// <param name="LastError">Why it does not.</param>
internal sealed record MirrorLine(
    string Epoch,
    ulong Position,
    int LiveCount,
    string? CheckpointDay,
    string? KeyId = null,
    bool? Following = null,
    string? LastError = null);
