namespace HashMatch.Service.Storage;

/// <summary>How far one of a platform's mirrors says that it has come.</summary>
public sealed class Mirror
{
    public required long PlatformId { get; init; }

    /// <summary>Made at random by the mirror.</summary>
    public required byte[] MirrorId { get; init; }

    public required long Position { get; init; }

    /// <summary>When it last said so.</summary>
    public required DateOnly Day { get; init; }
}
