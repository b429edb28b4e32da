namespace HashMatch.Service.Storage;

/// <summary>One API key of a platform; of its secret only the digest is kept.</summary>
public sealed class PlatformKey
{
    public required long Id { get; init; }

    public required long PlatformId { get; init; }

    public required byte[] SecretDigest { get; init; }

    public required DateOnly CreatedDay { get; init; }
}
