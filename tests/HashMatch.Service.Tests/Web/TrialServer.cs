using HashMatch.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HashMatch.Service.Tests.Web;

/// <summary><see cref="TrialHealth"/> on real Kestrel, HTTP/1.1 only, with gRPC-Web as the test sets it up.</summary>
public sealed class TrialServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TrialServer(WebApplication app)
    {
        _app = app;
        Caller = new WebCaller(Address);
    }

    public Uri Address => new(_app.Urls.Single());

    public WebCaller Caller { get; }

    public TrialGate Gate => _app.Services.GetRequiredService<TrialGate>();

    /// <summary>Starts it as the service sets gRPC-Web up.</summary>
    public static Task<TrialServer> StartAsync(params string[] allowedOrigins) => StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(allowedOrigins.Select(
                (origin, index) => KeyValuePair.Create($"Web:AllowedOrigins:{index}", (string?)origin)));
            builder.Services.AddWeb();
        },
        app =>
        {
            app.UseWeb();
            app.MapGrpcService<TrialHealth>().OpenToPages();
        });

    public static async Task<TrialServer> StartAsync(Action<WebApplicationBuilder> add, Action<WebApplication> use)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<TrialGate>();
        add(builder);
        WebApplication app = builder.Build();
        use(app);
        await app.StartAsync();
        return new TrialServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
