using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace HashMatch.Service.Tests.Interop;

/// <summary>A program of another gRPC implementation: asked by lines of text, it answers with lines of JSON.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private PeerProcess(Process process) => _process = process;

    public static PeerProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // A proxy of the machine is not for loopback.
        start.Environment["no_grpc_proxy"] = "127.0.0.1";
        var peer = new PeerProcess(new Process { StartInfo = start });
        peer._process.ErrorDataReceived += (_, line) => peer.KeepError(line.Data);
        peer._process.Start();
        peer._process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Has the peer run one case, and fails with what it says if that failed.</summary>
    public async Task RunAsync(string name)
    {
        if (!_process.HasExited)
        {
            await _process.StandardInput.WriteLineAsync(name);
            await _process.StandardInput.FlushAsync();
        }

        JsonElement answer = await ReadAsync();
        if (!answer.GetProperty("passed").GetBoolean())
        {
            Assert.Fail($"{answer.GetProperty("error").GetString()}\n{Errors()}");
        }
    }

    /// <summary>Reads the peer's next line.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        try
        {
            string? line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            if (line is not null)
            {
                return JsonElement.Parse(line);
            }
        }
        catch (TimeoutException)
        {
            // It is asked no more: its answer, should it come, would be taken for the next one's.
            _process.Kill();
            Assert.Fail($"The peer did not answer within {Patience.TotalSeconds} s.\n{Errors()}");
        }

        await _process.WaitForExitAsync();
        throw new InvalidOperationException($"The peer ended with exit code {_process.ExitCode}.\n{Errors()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void KeepError(string? line)
    {
        lock (_errors)
        {
            _errors.Append(line).Append('\n');
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString().Trim();
        }
    }
}
