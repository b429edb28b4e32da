using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HashMatch.Load;

/// <summary>A server under load: a process of its own on a free port, ended with the run.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>Where it answers gRPC.</summary>
    public Uri Address => _address.Task.Result;

    public int Id => _process.Id;

    /// <summary>The processor time that it used until now, of all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the service as in production, with a database of its own, and waits until it listens.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="postgres">How PostgreSQL is reached; null for SQLite.</param>
    /// <exception cref="LoadFailure">It ended, or did not listen in time.</exception>
    public static Task<ServerProcess> StartServiceAsync(string folder, string? postgres = null) => StartAsync(
        "service",
        ServiceAssembly(),
        [],
        new Dictionary<string, string>
        {
            ["Storage__Provider"] = postgres is null ? "Sqlite" : "Postgres",
            ["Storage__ConnectionString"] = postgres ?? "",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["Storage__Path"] = folder,
            ["Kestrel__Endpoints__Grpc__Url"] = "http://127.0.0.1:0",
            ["Kestrel__Endpoints__Web__Url"] = "http://127.0.0.1:0",
        });

    /// <summary>Starts <see cref="BareKestrel"/> and waits until it listens.</summary>
    /// <exception cref="LoadFailure">It ended, or did not listen in time.</exception>
    public static Task<ServerProcess> StartBareAsync() => StartAsync(
        "bare Kestrel", typeof(ServerProcess).Assembly.Location, [BareKestrel.CommandName], []);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(
        string name, string assembly, string[] arguments, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string setting, string value) in settings)
        {
            start.Environment[setting] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        Task ended = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._address.Task, ended, Task.Delay(StartTime)) == server._address.Task)
        {
            return server;
        }

        await server.DisposeAsync();
        throw new LoadFailure($"The {name} did not start. What it said:\n{server.Output()}");
    }

    // The service as it was built with this program: the same configuration, the same gRPC.
    private static string ServiceAssembly()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "HashMatch.sln")))
        {
            root = Path.GetDirectoryName(root)
                ?? throw new LoadFailure("HashMatch.sln lies in no folder above this program.");
        }

        string build = Path.GetRelativePath(
            Path.Combine(root, "benchmarks", "HashMatch.Load"), AppContext.BaseDirectory);
        return Path.Combine(root, "src", "HashMatch.Service", build, "HashMatch.Service.dll");
    }

    // The service names its port for gRPC first.
    [GeneratedRegex("Now listening on: (http://[0-9.:]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Listening();

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Append(CultureInfo.InvariantCulture, $"{line}\n");
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }
}
