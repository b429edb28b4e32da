using HashMatch.Cli;
using Spectre.Console;

namespace HashMatch.Tests.Cli;

/// <summary>One run of the command within this process: what it printed, and its exit code.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Messages)
{
    /// <summary>An address where nothing listens.</summary>
    public const string NoServer = "http://127.0.0.1:1";

    /// <summary>The lines of standard output.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs without a person to ask.</summary>
    public static Task<CommandRun> OfAsync(params string[] arguments) => OfAsync(arguments, "", []);

    /// <summary>Runs with standard input and environment.</summary>
    public static async Task<CommandRun> OfAsync(
        string[] arguments, string input, Dictionary<string, string> environment, string? typed = null)
    {
        var output = new StringWriter();
        var messages = new StringWriter();
        var terminal = new Terminal(
            new StringReader(input), output, Console(messages, typed), environment.GetValueOrDefault);

        int exitCode = await HashMatchCommand.InvokeAsync(arguments, terminal, TestContext.Current.CancellationToken);
        return new CommandRun(
            exitCode, output.ToString().ReplaceLineEndings("\n"), messages.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>A terminal for parts that are tested by themselves.</summary>
    public static Terminal Terminal(TextWriter output, TextWriter messages) =>
        new(TextReader.Null, output, Console(messages, null), _ => null);

    private static IAnsiConsole Console(TextWriter messages, string? typed)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(messages),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = typed is null ? InteractionSupport.No : InteractionSupport.Yes,
        });
        console.Profile.Width = 100_000;
        return typed is null ? console : new TypingConsole(console, typed);
    }
}
