using System.Diagnostics;
using System.Text;

namespace HashMatch.Service.Tests;

/// <summary>One of our own programs as its user runs it: a process of its own, ended with the test.</summary>
public sealed class TestProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private TestProcess(Process process) => _process = process;

    /// <summary>What was written to standard output so far.</summary>
    public string Output => Text(_output);

    /// <summary>What was written to standard error so far.</summary>
    public string Errors => Text(_errors);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program as it was built.</summary>
    /// <param name="program">Its project's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="folder">Its working folder.</param>
    public static TestProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(AssemblyOf(program));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var running = new TestProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => Append(running._output, line.Data);
        running._process.ErrorDataReceived += (_, line) => Append(running._errors, line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string input = "",
        string? folder = null)
    {
        await using TestProcess running = Start(program, arguments, environment, folder);
        await running._process.StandardInput.WriteAsync(input);
        running._process.StandardInput.Close();
        int code = await running.EndAsync();
        return (code, running.Output, running.Errors);
    }

    /// <summary>Waits until the output holds a text.</summary>
    public async Task WaitForOutputAsync(string text)
    {
        var patience = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || patience.Elapsed > TimeSpan.FromSeconds(60))
            {
                Assert.Fail($"The process did not say \"{text}\". Its errors:\n{Errors}");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Waits for the process to end.</summary>
    public async Task<int> EndAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal, for example "INT" for Ctrl-C.</summary>
    public void Signal(string name)
    {
        using Process sent = Process.Start(
            "kill", ["-s", name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        sent.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    // In its own output folder, for the same configuration as the tests: what it loads is then what its user gets.
    private static string AssemblyOf(string program)
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        while (bin.Name != "bin")
        {
            bin = bin.Parent!;
        }

        string root = bin.Parent!.Parent!.Parent!.FullName;
        string output = Path.GetRelativePath(bin.FullName, AppContext.BaseDirectory);
        string assembly = program == "HashMatch.Cli" ? "hashmatch" : program;
        string area = program == "HashMatch.Load" ? "benchmarks" : "src";
        return Path.Combine(root, area, program, "bin", output, assembly + ".dll");
    }

    private static string Text(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }

    private static void Append(StringBuilder builder, string? line)
    {
        lock (builder)
        {
            builder.Append(line).Append(line is null ? "" : "\n");
        }
    }
}
