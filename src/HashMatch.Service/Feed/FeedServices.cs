using HashMatch.Service.Calls;

namespace HashMatch.Service.Feed;

/// <summary>The feed's place in the service.</summary>
public static class FeedServices
{
    public static IServiceCollection AddFeed(this IServiceCollection services)
    {
        // In Development everything that is registered is published at once, unless the settings say otherwise.
        services.AddOptions<FeedOptions>()
            .Configure<IHostEnvironment>((options, environment) =>
            {
                if (environment.IsDevelopment())
                {
                    options.PublishInterval = TimeSpan.Zero;
                    options.MinimumCases = 1;
                }
            })
            .BindConfiguration("Feed")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<FeedBell>();
        services.AddSingleton<FeedWriter>();
        services.AddSingleton<FeedPublication>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<MirrorTable>();
        services.AddSingleton<FeedTail>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedTail>());
        services.AddHostedService<FeedPublisher>();
        return services.AddCalls<FeedCalls>();
    }

    public static void MapFeed(this IEndpointRouteBuilder routes) => routes.MapCalls<FeedCalls>();
}
