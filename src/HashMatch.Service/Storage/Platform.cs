using HashMatch.Service.Platforms;

namespace HashMatch.Service.Storage;

/// <summary>A partner that may call the match API.</summary>
public sealed class Platform
{
    public long Id { get; init; } = RandomId.Next();

    public required string Name { get; init; }

    public required PlatformScopes Scopes { get; init; }

    public required DateOnly CreatedDay { get; init; }

    public DateOnly? RevokedDay { get; set; }
}
