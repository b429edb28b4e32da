using HashMatch.Service.Calls;
using HashMatch.Service.Web;

namespace HashMatch.Service.Health;

/// <summary>The health feature's place in the service.</summary>
public static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<ServiceHealth>();
        services.AddSingleton<HealthCalls>();
        return services.AddCalls<HealthCalls>();
    }

    /// <summary>Serves <c>grpc.health.v1</c>, and <c>/healthz</c> for those who speak only HTTP.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        ServiceHealth health = routes.ServiceProvider.GetRequiredService<ServiceHealth>();
        routes.MapCalls<HealthCalls>().OpenToPages();
        routes.MapGet("/healthz", () => health.StorageWorks
            ? Results.Text("healthy\n")
            : Results.Text("storage does not work\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
