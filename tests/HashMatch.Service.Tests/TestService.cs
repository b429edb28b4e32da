using Grpc.Net.Client;
using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HashMatch.Service.Tests;

/// <summary>The whole service on real Kestrel, loopback and port 0, with a data folder of its own.</summary>
public sealed class TestService : IAsyncDisposable
{
    private static readonly string[] Traced =
    [
        "--Logging:LogLevel:Microsoft=Trace",
        "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace",
        "--Logging:LogLevel:Npgsql=Trace",
        "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace",
        "--Logging:LogLevel:Grpc=Trace",
        "--Logging:LogLevel:Grpc.AspNetCore.Server.ServerCallHandler=Trace",
    ];

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private TestService(string folder, bool ownsFolder, WebApplication app)
    {
        _folder = folder;
        _ownsFolder = ownsFolder;
        _app = app;

        // Kestrel takes its endpoints in the order of their names: Grpc, Web.
        string[] addresses = [.. app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses];
        GrpcAddress = new Uri(addresses[0]);
        WebAddress = new Uri(addresses[1]);
        _channel = GrpcChannel.ForAddress(GrpcAddress);
        Cases = new CaseService.CaseServiceClient(_channel);
        Matches = new MatchService.MatchServiceClient(_channel);
        Feed = new FeedService.FeedServiceClient(_channel);
        Outcomes = new OutcomeService.OutcomeServiceClient(_channel);
        CaseClient = new CaseClient(GrpcAddress);
    }

    public Uri GrpcAddress { get; }

    public Uri WebAddress { get; }

    public GrpcChannel Channel => _channel;

    public CaseService.CaseServiceClient Cases { get; }

    public MatchService.MatchServiceClient Matches { get; }

    public FeedService.FeedServiceClient Feed { get; }

    public OutcomeService.OutcomeServiceClient Outcomes { get; }

    public CaseClient CaseClient { get; }

    public string Folder => _folder;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a service; with a folder, on the data that are there.</summary>
    public static Task<TestService> StartAsync(
        string? folder = null, ILoggerProvider? log = null, params string[] settings) =>
        StartAsync(folder, log, null, settings);

    /// <summary>Starts a service to which a test tells the day.</summary>
    public static Task<TestService> StartAtAsync(TimeProvider clock, params string[] settings) =>
        StartAsync(null, null, clock, settings);

    private static async Task<TestService> StartAsync(
        string? folder, ILoggerProvider? log, TimeProvider? clock, string[] settings)
    {
        string data = folder ?? NewFolder();
        WebApplication app = Program.Build(
            [
                .. await TestDatabase.SettingsAsync(data),
                "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
                "--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0",
                $"--Logging:LogLevel:Default={(log is null ? LogLevel.Warning : LogLevel.Trace)}",
                .. log is null ? [] : Traced,
                .. settings,
            ],
            clock);
        if (log is not null)
        {
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        }

        await ServiceRun.LoadAsync(app);
        await app.StartAsync();
        return new TestService(data, folder is null, app);
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("hashmatch-test-").FullName;

    /// <summary>Makes a platform and gives its key.</summary>
    public async Task<string> AddPlatformAsync(PlatformScopes scopes = PlatformScopes.Match, string? name = null)
    {
        PlatformRegistry registry = Services.GetRequiredService<PlatformRegistry>();
        ApiKey? key = await registry.AddAsync(
            name ?? $"platform {RandomId.Next()}", scopes, TestContext.Current.CancellationToken);
        return key!.ToText();
    }

    public async Task<MatchClient> ConnectPlatformAsync(PlatformScopes scopes = PlatformScopes.Match) =>
        new(GrpcAddress, await AddPlatformAsync(scopes));

    /// <summary>Ends the service as Ctrl-C does, and waits for its end.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Changes the database behind the service's back.</summary>
    public async Task AlterAsync(string statements)
    {
        await using HashMatchDb db = await Services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>()
            .CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(statements);
    }

    /// <summary>Keeps every change waiting until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldStorageAsync()
    {
        HashMatchDb db = await Services.GetRequiredService<IDbContextFactory<HashMatchDb>>().CreateDbContextAsync();
        await db.Database.BeginTransactionAsync();
        if (TestDatabase.IsPostgres)
        {
            await db.Database.ExecuteSqlRawAsync("LOCK TABLE cases IN EXCLUSIVE MODE");
        }

        return db;
    }

    public async ValueTask DisposeAsync()
    {
        CaseClient.Dispose();
        _channel.Dispose();
        await _app.StopAsync();
        if (TestDatabase.IsPostgres)
        {
            // The server takes only so many connections, and a pool keeps its own for minutes.
            await using HashMatchDb db = await Services
                .GetRequiredService<IDbContextFactory<HashMatchDb>>()
                .CreateDbContextAsync();
            Npgsql.NpgsqlConnection.ClearPool((Npgsql.NpgsqlConnection)db.Database.GetDbConnection());
        }

        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        // Each test has a database of its own, and the server would otherwise run out of connections.
        Npgsql.NpgsqlConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
