namespace HashMatch.Service.Platforms;

/// <summary>The platform whose key came with a call.</summary>
public readonly record struct CallingPlatform(long Id, PlatformScopes Scopes);
