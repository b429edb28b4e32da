using System.Net;
using HashMatch.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HashMatch.Service.Tests.Retries;

/// <summary><see cref="TrialMatching"/> on real Kestrel, HTTP/2 without TLS, and a client of it.</summary>
public sealed class TrialMatchServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TrialMatchServer(WebApplication app)
    {
        _app = app;
        Client = new MatchClient(new Uri(app.Urls.Single()), "hm_trial")
        {
            StreamRetries = new StreamRetries(10, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5)),
        };
    }

    public MatchClient Client { get; }

    public TrialMatching Matching => _app.Services.GetRequiredService<TrialMatching>();

    public static async Task<TrialMatchServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<TrialMatching>();
        WebApplication app = builder.Build();
        app.MapGrpcService<TrialMatching>();
        await app.StartAsync();
        return new TrialMatchServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
