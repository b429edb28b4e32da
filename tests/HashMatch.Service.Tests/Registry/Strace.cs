using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Looks at a running process's system calls, and can have them fail, until it is disposed of.</summary>
public sealed class Strace : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly string _file = Path.GetTempFileName();

    private Strace(Process process) => _process = process;

    /// <summary>Attaches to a process, with options of strace's own.</summary>
    public static async Task<Strace> AttachAsync(int process, params string[] options)
    {
        RequireInstalled();
        var start = new ProcessStartInfo("strace") { RedirectStandardError = true };
        var running = new Strace(new Process { StartInfo = start });
        string id = process.ToString(CultureInfo.InvariantCulture);
        foreach (string argument in (string[])["-f", "-o", running._file, .. options, "-p", id])
        {
            start.ArgumentList.Add(argument);
        }

        running._process.ErrorDataReceived += (_, line) => running.Keep(line.Data);
        running._process.Start();
        running._process.BeginErrorReadLine();
        var patience = Stopwatch.StartNew();
        while (!running.Errors.Contains(" attached", StringComparison.Ordinal))
        {
            Assert.False(running._process.HasExited, running.Errors);
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "strace did not attach.");
            await Task.Delay(5);
        }

        return running;
    }

    /// <summary>Lets go of the process, and gives what was seen: a line a call, in order, after its thread.</summary>
    public async Task<string[]> DetachAsync()
    {
        if (!_process.HasExited)
        {
            string id = _process.Id.ToString(CultureInfo.InvariantCulture);
            using Process sent = Process.Start("kill", ["-s", "INT", id]);
            await sent.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        return await File.ReadAllLinesAsync(_file);
    }

    public async ValueTask DisposeAsync()
    {
        await DetachAsync();
        _process.Dispose();
        File.Delete(_file);
    }

    private string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }

    private static void RequireInstalled()
    {
        try
        {
            using Process asked =
                Process.Start(new ProcessStartInfo("strace", "-V") { RedirectStandardOutput = true })!;
            asked.WaitForExit();
        }
        catch (Win32Exception)
        {
            const string Remedy = "Install Debian's strace.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Remedy);
            Assert.Fail(Remedy);
        }
    }
}
