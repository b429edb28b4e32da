using System.Net;
using HashMatch.Client;
using HashMatch.Matching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary><see cref="TrialFeed"/> on real Kestrel, and folders for mirrors of it.</summary>
public sealed class TrialFeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folders = TestService.NewFolder();

    private TrialFeedServer(WebApplication app) => _app = app;

    public TrialFeed Feed => _app.Services.GetRequiredService<TrialFeed>();

    public Uri Address => new(_app.Urls.Single());

    /// <summary>A folder that mirrors share unless a test names another.</summary>
    public string Folder => Path.Combine(_folders, "mirror");

    /// <summary>The file that keeps the list.</summary>
    public string ListFile => Path.Combine(Folder, "list");

    /// <summary>Starts a feed of some entries.</summary>
    public static async Task<TrialFeedServer> StartAsync(int entries = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<TrialFeed>();
        WebApplication app = builder.Build();
        app.MapGrpcService<TrialFeed>();
        await app.StartAsync();
        var server = new TrialFeedServer(app);
        server.Feed.Add(Enumerable.Range(1, entries).Select(TestHashes.Make));
        return server;
    }

    /// <summary>The options of a mirror that gives up after a few milliseconds.</summary>
    public HashListMirrorOptions Options(string? folder = null, string? key = null, TimeSpan? rewriteAfter = null) =>
        new()
        {
            Server = Address,
            ApiKey = "hm_trial",
            Folder = folder ?? Folder,
            Key = key,
            Retries = new StreamRetries(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5)),
            RewriteAfter = rewriteAfter ?? TimeSpan.FromMinutes(10),
        };

    /// <summary>Opens a mirror.</summary>
    public Task<HashListMirror> OpenAsync(string? folder = null, string? key = null) =>
        HashListMirror.OpenAsync(Options(folder, key), TestContext.Current.CancellationToken);

    /// <summary>Fails unless a mirror matches exactly what is live.</summary>
    public void AssertEqual(HashListMirror mirror) => AssertEqual(mirror.Match(default, 256));

    /// <summary>Fails unless the matches at distance 256 are exactly what is live.</summary>
    public void AssertEqual(IReadOnlyList<HashListMatch> all)
    {
        IEnumerable<(string, int)> expected = Feed.Live().Select(entry => (
            Convert.ToHexStringLower(TrialFeed.IdAt(entry.Position)), entry.Hash.DistanceTo(default(Hash256))));

        Assert.Equal(expected.Order(), all.Select(match => (match.EntryId, match.Distance)).Order());
    }

    /// <summary>Waits for something to become true.</summary>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "In vain waited for: " + what);
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folders, recursive: true);
    }
}
