using System.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Calls;

/// <summary>What all calls have in common: rules, limits and manners.</summary>
public static class CallServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddOptions<CallLimits>().BindConfiguration("Calls").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<CallRules>();
        services.AddGrpc(options => options.Interceptors.Add<CallRules>());
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<CallLimits>>(
            (kestrel, limits) => SetLimits(kestrel.Limits, limits.Value));
        return services;
    }

    /// <summary>Sets how large a gRPC service's messages may be, by its audience.</summary>
    public static IServiceCollection AddCalls<TCalls>(this IServiceCollection services)
        where TCalls : class
    {
        int size = AudienceOf<TCalls>() is Audience.Match or Audience.Mirror or Audience.Feedback
            ? CallLimits.PlatformMessageSize
            : CallLimits.AnonymousMessageSize;

        // The server holds an inflated message to this too, and inflates no more than shows that it is too large.
        services.AddGrpc().AddServiceOptions<TCalls>(options => options.MaxReceiveMessageSize = size);
        return services;
    }

    /// <summary>Serves a gRPC service within the limits.</summary>
    public static GrpcServiceEndpointConventionBuilder MapCalls<TCalls>(this IEndpointRouteBuilder routes)
        where TCalls : class
    {
        CallLimits limits = routes.ServiceProvider.GetRequiredService<IOptions<CallLimits>>().Value;
        GrpcServiceEndpointConventionBuilder calls = routes.MapGrpcService<TCalls>();
        calls.Add(endpoint => CallFrame.Put(endpoint, limits));
        return calls;
    }

    private static Audience? AudienceOf<TCalls>() => typeof(TCalls).GetCustomAttribute<AudienceAttribute>()?.Audience;

    private static void SetLimits(KestrelServerLimits kestrel, CallLimits limits)
    {
        // Kestrel would end the whole connection, with all its calls, for one that stalls. Each call has its deadline.
        kestrel.MinRequestBodyDataRate = null;
        kestrel.MaxConcurrentConnections = limits.Connections;

        // Finds out peers that are gone without a word.
        kestrel.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
