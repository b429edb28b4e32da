namespace HashMatch.Client.Mirrors;

/// <summary>Where a mirror's file ends.</summary>
/// <param name="State">The place in the feed that the file is of.</param>
/// <param name="BodyLength">How many bytes lie before the records.</param>
/// <param name="Length">How many bytes are whole.</param>
/// <param name="Digest">The seal, or the digest of the last record.</param>
/// <param name="HasWithdrawn">Whether the file still holds entries that are withdrawn.</param>
internal sealed record MirrorFileEnd(
    FeedState State, long BodyLength, long Length, byte[] Digest, bool HasWithdrawn);
