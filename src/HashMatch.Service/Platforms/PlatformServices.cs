namespace HashMatch.Service.Platforms;

/// <summary>The platform feature's place in the service.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatforms(this IServiceCollection services) => services
        .AddSingleton<PlatformRegistry>()
        .AddSingleton<PlatformAccess>();
}
