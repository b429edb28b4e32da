using HashMatch.Service.Calls;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Matching;

/// <summary>The match feature's place in the service.</summary>
public static class MatchingServices
{
    public static IServiceCollection AddMatching(this IServiceCollection services)
    {
        services.AddOptions<MatchingOptions>()
            .BindConfiguration("Matching")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<KeysOptions>().BindConfiguration("Keys");
        services.AddSingleton<EntryIds>();
        services.AddSingleton<ListSnapshot>();
        services.AddSingleton<HashList>();
        services.AddSingleton<Retention>();
        services.AddHostedService(provider => provider.GetRequiredService<Retention>());
        services.AddSingleton<Sequencer>();

        // Before those who change the list: what starts first stops last.
        services.AddHostedService<SnapshotWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<Sequencer>());
        services.AddHostedService<ListFollower>();
        return services.AddCalls<MatchCalls>();
    }

    public static void MapMatching(this IEndpointRouteBuilder routes) => routes.MapCalls<MatchCalls>();
}
