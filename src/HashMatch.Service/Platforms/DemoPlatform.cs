namespace HashMatch.Service.Platforms;

/// <summary>Gives an empty database in Development a platform to try things with.</summary>
public static class DemoPlatform
{
    private const PlatformScopes Scopes =
        PlatformScopes.Match | PlatformScopes.Distance | PlatformScopes.Mirror | PlatformScopes.Feedback;

    /// <summary>Makes the platform <c>demo</c> if there is none at all, and prints its key this once.</summary>
    public static async Task AddIfEmptyAsync(PlatformRegistry registry, CancellationToken cancellationToken)
    {
        if ((await registry.ListAsync(cancellationToken)).Count > 0)
        {
            return;
        }

        if (await registry.AddAsync("demo", Scopes, cancellationToken) is ApiKey key)
        {
            // To the screen and not through the log: logs are kept and shipped elsewhere.
            Console.WriteLine(
                $"Platform \"demo\" was made for development. Its API key, shown only this once:\n{key.ToText()}");
        }
    }
}
