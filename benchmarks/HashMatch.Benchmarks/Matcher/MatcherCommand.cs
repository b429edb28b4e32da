using System.CommandLine;
using System.CommandLine.Parsing;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>
/// <c>matcher</c>: how fast the index finds what lies within a distance, beside a plain scan in the same run.
/// </summary>
internal static class MatcherCommand
{
    public const string Name = "matcher";

    private const int Usage = 2;
    private const int Refused = 3;

    /// <summary>Runs a command line that begins with <see cref="Name"/>.</summary>
    /// <returns>0; 1 if an answer was not exact; 2 for a bad line; 3 if the report cannot be made.</returns>
    public static async Task<int> InvokeAsync(string[] arguments, TextWriter output, TextWriter messages)
    {
        // Without a replacer, a file name that starts with @ is a file name.
        ParseResult parsed = new RootCommand { Create(output, new Progress(messages)) }.Parse(
            arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await messages.WriteLineAsync(error.Message);
            }

            return Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output });
        }
        catch (MatcherFailure failure)
        {
            await messages.WriteLineAsync(failure.Message);
            return Refused;
        }
    }

    private static Command Create(TextWriter output, Progress progress)
    {
        var options = new MatcherOptions();
        var command = new Command(Name, "Measures the index beside a plain scan of the same hashes, in the same run.");
        foreach (Option option in options.All)
        {
            command.Add(option);
        }

        command.Validators.Add(options.Validate);
        command.SetAction((parsed, cancellationToken) =>
            new MatcherRun(options, parsed, output, progress).InvokeAsync(cancellationToken));
        return command;
    }
}
