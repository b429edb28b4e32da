using Grpc.Health.V1;
using Grpc.Reflection.V1;
using HashMatch.Protocol;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Reflection;

/// <summary>Reflection's place in the service.</summary>
public static class ReflectionServices
{
    public static IServiceCollection AddReflection(this IServiceCollection services)
    {
        services.AddSingleton(new ProtoFiles(
            CasesReflection.Descriptor,
            FeedReflection.Descriptor,
            HealthReflection.Descriptor,
            MatchingReflection.Descriptor,
            OutcomesReflection.Descriptor,
            ReflectionReflection.Descriptor));
        return services.AddCalls<ReflectionCalls>();
    }

    /// <summary>Serves <c>grpc.reflection.v1</c>, but in Development only: it is for who tries calls by hand.</summary>
    public static void MapReflection(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapCalls<ReflectionCalls>();
        }
    }
}
