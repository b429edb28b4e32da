using System.Text.RegularExpressions;

namespace HashMatch.Service.Tests.EndToEnd;

/// <summary>The service as its operator runs it: a process in Development, on ports that are free.</summary>
public sealed partial class RunningService : IAsyncDisposable
{
    private readonly TestProcess _process;

    private RunningService(TestProcess process) => _process = process;

    public string GrpcAddress => Listening().Matches(_process.Output)[0].Groups[1].Value;

    /// <summary>The key of the platform "demo", printed when its database was new.</summary>
    public string DemoKey => ApiKey().Match(_process.Output).Value;

    public TestProcess Process => _process;

    public static async Task<RunningService> StartAsync(
        string dataFolder, string environment = "Development", params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = environment,
            ["Storage__Path"] = dataFolder,
            ["Kestrel__Endpoints__Grpc__Url"] = "http://127.0.0.1:0",
            ["Kestrel__Endpoints__Web__Url"] = "http://127.0.0.1:0",
        };
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        var process = TestProcess.Start("HashMatch.Service", [], all);
        await process.WaitForOutputAsync("Application started");
        return new RunningService(process);
    }

    public Task KillAsync() => _process.KillAsync();

    public async Task<int> StopAsync()
    {
        _process.Signal("TERM");
        return await _process.EndAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex("Now listening on: (http://[0-9.:]+)")]
    private static partial Regex Listening();

    [GeneratedRegex("hm_[0-9a-f]{16}_[0-9a-f]{64}")]
    private static partial Regex ApiKey();
}
