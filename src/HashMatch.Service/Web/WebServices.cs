using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Web;

/// <summary>Pages' place in the service: gRPC-Web, and which origins may use it.</summary>
public static class WebServices
{
    private const string Policy = "pages";
    private const string PlainGrpc = "application/grpc";

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>().BindConfiguration("Web").ValidateDataAnnotations().ValidateOnStart();
        services.AddGrpcWeb(options => options.DefaultEnabled = false);
        services.AddCors();

        // Routing would refuse a call that has passed by the rules of origins; plain gRPC does so on purpose.
        services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
        services.AddOptions<CorsOptions>().Configure<IOptions<WebOptions>>(
            (cors, web) => cors.AddPolicy(Policy, policy => Allow(policy, web.Value.AllowedOrigins)));
        return services;
    }

    /// <summary>Must stand between routing and the endpoints.</summary>
    /// <remarks>
    /// Plain gRPC passes by, which spares each call the work: no page can speak it, and to one that tried nothing would
    /// be opened. A page's question beforehand whether it may (OPTIONS) is of no such type.
    /// </remarks>
    public static void UseWeb(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.ContentType != PlainGrpc,
        pages =>
        {
            pages.UseCors();
            pages.UseGrpcWeb();
        });

    /// <summary>Opens a gRPC service to pages. Platforms' stay closed: no page should hold an API key.</summary>
    public static void OpenToPages(this GrpcServiceEndpointConventionBuilder service) =>
        service.EnableGrpcWeb().RequireCors(Policy);

    // No credentials and no authorization header: what pages call is anonymous.
    private static void Allow(CorsPolicyBuilder policy, IEnumerable<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods(HttpMethods.Post)
        .WithHeaders(
            "content-type",
            "grpc-accept-encoding",
            "grpc-encoding",
            "grpc-timeout",
            "x-accept-content-transfer-encoding",
            "x-accept-response-streaming",
            "x-grpc-web",
            "x-user-agent")
        .WithExposedHeaders("grpc-encoding", "grpc-message", "grpc-retry-pushback-ms", "grpc-status")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
