namespace HashMatch.Service.Calls;

/// <summary>What all calls have in common.</summary>
public static class CallServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddGrpc(options => options.Interceptors.Add<CallRules>());
        return services;
    }
}
