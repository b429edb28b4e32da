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
        services.AddSingleton<Page>();
        services.AddSingleton<AboutPage>();
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

    /// <summary>Hosts the page for people at risk. Its files are few and known: nothing else is looked for.</summary>
    public static void MapWeb(this WebApplication app)
    {
        Page page = app.Services.GetRequiredService<Page>();
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        foreach (string path in page.Paths)
        {
            app.MapMethods(path, methods, context => page.SendAsync(context, path));
        }

        AboutPage about = app.Services.GetRequiredService<AboutPage>();
        app.MapMethods("/about", methods, about.SendAsync);
        app.MapMethods(
            "/",
            methods,
            context => page.IsBuilt ? page.SendAsync(context, "/index.html") : Page.SendMissingAsync(context));
    }

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
