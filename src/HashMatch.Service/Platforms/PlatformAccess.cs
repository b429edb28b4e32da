using Grpc.Core;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Platforms;

/// <summary>Reads the API key of a call and tells whose it is.</summary>
public sealed class PlatformAccess(PlatformRegistry registry)
{
    private const string Scheme = "Bearer ";

    // Under which a call carries its platform once that is known.
    private static readonly object CallerKey = new();

    /// <summary>Whether a call carries credentials of any kind.</summary>
    public static bool HasCredentials(HttpContext context) => context.Request.Headers.Authorization.Count > 0;

    /// <summary>Gives the platform of a call that <see cref="RequireAsync"/> let pass.</summary>
    public static CallingPlatform Caller(ServerCallContext context) => (CallingPlatform)context.UserState[CallerKey];

    /// <summary>Gives the platform of a call, or null if nobody asked who it is.</summary>
    public static CallingPlatform? CallerIfKnown(ServerCallContext context) =>
        context.UserState.TryGetValue(CallerKey, out object? caller) ? (CallingPlatform)caller : null;

    /// <summary>Finds out the calling platform, as it is now.</summary>
    /// <exception cref="RpcException">There is no valid key, or it lacks the scope.</exception>
    public async Task<CallingPlatform> RequireAsync(ServerCallContext context, PlatformScopes scope)
    {
        string? credentials = context.GetHttpContext().Request.Headers.Authorization;
        if (string.IsNullOrEmpty(credentials))
        {
            throw Refusals.ApiKeyMissing();
        }

        if (!credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !ApiKey.TryParse(credentials.AsSpan(Scheme.Length).Trim(), out ApiKey? key)
            || await registry.AuthenticateAsync(key, context.CancellationToken) is not CallingPlatform platform)
        {
            throw Refusals.ApiKeyNotValid();
        }

        if (!platform.Scopes.HasFlag(scope))
        {
            throw Refusals.ScopeMissing();
        }

        context.UserState[CallerKey] = platform;
        return platform;
    }
}
