using HashMatch.Service.Calls;
using HashMatch.Service.Web;

namespace HashMatch.Service.Cases;

/// <summary>The case feature's place in the service.</summary>
public static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseTable>();
        services.AddSingleton<CaseRegistry>();
        services.AddSingleton<CaseStatus>();
        services.AddSingleton<BulkRegistration>();
        services.AddSingleton<LongWithdrawals>();
        services.AddHostedService(provider => provider.GetRequiredService<LongWithdrawals>());
        return services.AddCalls<CaseCalls>();
    }

    public static void MapCases(this IEndpointRouteBuilder routes) => routes.MapCalls<CaseCalls>().OpenToPages();
}
