namespace HashMatch.Client;

/// <summary>Where a mirror gets the list from, and where it keeps it.</summary>
public sealed class HashListMirrorOptions
{
    private const int KeyIdSize = 32;
    private const int KeySize = 64;

    /// <summary>The service's gRPC address, for example <c>http://localhost:5081</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>The platform's key, <c>hm_...</c>, with the scope <c>mirror</c>.</summary>
    public required string ApiKey { get; init; }

    /// <summary>
    /// The mirror's own folder, made if it is missing. Only one process at a time may follow the feed into it. It holds
    /// hashes, which are as sensitive as the pictures: keep it out of backups, which would outlive withdrawals.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>
    /// The service's signing key: its id (64 hexadecimal digits) or the key itself (128). Successors that it signed are
    /// followed. Null to trust the key that the service has when the folder is new, and to keep to it.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>When an attempt to follow is repeated; shorter in tests.</summary>
    internal StreamRetries Retries { get; init; } = StreamRetries.Default;

    /// <summary>How long withdrawn hashes may stay in the mirror's file; shorter in tests.</summary>
    internal TimeSpan RewriteAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gives the bytes of <see cref="Key"/>, 32 or 64; null if there is none.</summary>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    internal byte[]? ParseKey() => ParseKey(Key);

    private static byte[]? ParseKey(string? key)
    {
        if (key is null)
        {
            return null;
        }

        byte[] bytes = new byte[KeySize];
        return key.Length is 2 * KeyIdSize or 2 * KeySize
            && Convert.FromHexString(key, bytes, out _, out int size) == System.Buffers.OperationStatus.Done
            ? bytes[..size]
            : throw new ArgumentException(
                "The service's key is named by 64 hexadecimal digits (its id) or 128 (the key itself).", nameof(key));
    }
}
