using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HashMatch.Load;

/// <summary>Drives a server with <c>h2load</c>: 8 connections with 16 calls at a time on each.</summary>
internal static partial class H2Load
{
    /// <summary>How many connections; h2load makes at least one call on each.</summary>
    public const int Connections = 8;

    private static readonly string[] Shape = ["-c", $"{Connections}", "-m", "16", "-t", "1"];

    /// <summary>Asks a server many times and waits for all answers.</summary>
    /// <exception cref="LoadFailure">h2load is missing, or a call was not answered as it must be.</exception>
    public static async Task<LoadResult> RunAsync(Uri server, Question question, int calls)
    {
        string[] arguments =
        [
            "-n", $"{calls}",
            .. Shape,
            "-d", question.File,
            .. Question.Headers.SelectMany(header => new[] { "-H", $"{header.Key}: {header.Value}" }),
            new Uri(server, Question.Path).AbsoluteUri,
        ];
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("h2load", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            throw new LoadFailure("h2load is missing. Install it: apt-get install nghttp2-client");
        }

        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Read(output, calls)
            ?? throw new LoadFailure($"Not every call was answered as it must be:\n{output}{await errors}");
    }

    /// <summary>Reads what h2load printed.</summary>
    /// <returns>The result, or null if any call failed, or had another answer than the one expected.</returns>
    /// <remarks>
    /// A call that gRPC refuses has HTTP status 200 too, but no message; h2load does not look at trailers, so the bytes
    /// of all bodies together tell that there was none.
    /// </remarks>
    public static LoadResult? Read(string output, int calls)
    {
        Match rate = Rate().Match(output);
        Match time = Time().Match(output);
        bool allAnswered =
            output.Contains($" {calls} succeeded, 0 failed, 0 errored, 0 timeout", StringComparison.Ordinal)
            && output.Contains($"status codes: {calls} 2xx, 0 3xx, 0 4xx, 0 5xx", StringComparison.Ordinal)
            && output.Contains($" ({(long)calls * Question.AnswerSize}) data", StringComparison.Ordinal);
        return allAnswered && rate.Success && time.Success
            ? new LoadResult(
                double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture),
                time.Groups["mean"].Value,
                time.Groups["max"].Value)
            : null;
    }

    [GeneratedRegex(@", ([0-9.]+) req/s,", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"time for request: +\S+ +(?<max>\S+) +(?<mean>\S+) ", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
