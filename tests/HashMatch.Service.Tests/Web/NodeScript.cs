using System.Diagnostics;
using System.Text.Json;

namespace HashMatch.Service.Tests.Web;

/// <summary>A script of <c>tests/node/web</c>, run by Node; its last line of output is one JSON object.</summary>
public sealed class NodeScript : IAsyncDisposable
{
    // Debian's, as in tests/run.sh.
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string Folder = Path.Combine(FindRoot(), "tests", "node");

    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeScript(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script; where its needs are missing the test is skipped, and in CI it fails.</summary>
    public static NodeScript Start(string script, params string[] arguments)
    {
        bool installed = Directory.Exists(Path.Combine(Folder, "node_modules", "@connectrpc", "connect-web"))
            && (script != "chromium.mjs" || File.Exists(Chromium));
        if (!installed)
        {
            const string Missing = "Chromium or the npm packages of tests/node are missing: see tests/run.sh.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Skip(Missing);
        }

        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "web", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NodeScript(Process.Start(start)!);
    }

    /// <summary>Reads the next line that the script writes.</summary>
    public async Task<string> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        string? line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        if (line is null)
        {
            Assert.Fail($"The script ended without an answer. Its errors:\n{await _errors}");
        }

        return line;
    }

    /// <summary>Reads the script's answer.</summary>
    public async Task<JsonElement> ReadAnswerAsync()
    {
        using var document = JsonDocument.Parse(await ReadLineAsync());
        return document.RootElement.Clone();
    }

    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public async ValueTask DisposeAsync()
    {
        // With all that it started: a browser must not outlive its test.
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HashMatch.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("HashMatch.sln lies in no folder above the tests.");
    }
}
