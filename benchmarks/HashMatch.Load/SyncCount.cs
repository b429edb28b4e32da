using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace HashMatch.Load;

/// <summary>Counts a process's syncs of files with <c>strace</c>.</summary>
internal sealed class SyncCount : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _file = Path.GetTempFileName();

    private SyncCount(int process) => _process = new Process
    {
        StartInfo = new ProcessStartInfo(
            "strace",
            [
                "-f", "-o", _file, "-e", "trace=fsync,fdatasync",
                "-p", process.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardError = true,
        },
    };

    /// <summary>Begins to count, or gives null where there is no strace.</summary>
    public static async Task<SyncCount?> BeginAsync(int process)
    {
        var count = new SyncCount(process);
        try
        {
            count._process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        // It says when it has attached.
        await count._process.StandardError.ReadLineAsync();
        return count;
    }

    /// <summary>Lets go of the process and gives the number of its syncs.</summary>
    public async Task<int> EndAsync()
    {
        using Process sent = Process.Start(
            "kill", ["-s", "INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (await File.ReadAllLinesAsync(_file)).Count(line => line.Contains("sync(", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        File.Delete(_file);
        return ValueTask.CompletedTask;
    }
}
