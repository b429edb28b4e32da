using HashMatch.Service.Calls;

namespace HashMatch.Service.Outcomes;

/// <summary>The place in the service of what platforms report.</summary>
public static class OutcomeServices
{
    public static IServiceCollection AddOutcomes(this IServiceCollection services)
    {
        services.AddSingleton<OutcomeTable>();
        return services.AddCalls<OutcomeCalls>();
    }

    public static void MapOutcomes(this IEndpointRouteBuilder routes) => routes.MapCalls<OutcomeCalls>();
}
