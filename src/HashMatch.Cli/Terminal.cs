using Spectre.Console;

namespace HashMatch.Cli;

/// <summary>Where a command reads and writes: results on standard output, everything else on standard error.</summary>
/// <param name="input">Standard input.</param>
/// <param name="output">Standard output: results only, never coloured.</param>
/// <param name="messages">Standard error.</param>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="isOutputSeen">Whether standard output is a terminal, which then is that of standard error too.</param>
internal sealed class Terminal(
    TextReader input,
    TextWriter output,
    IAnsiConsole messages,
    Func<string, string?> environment,
    bool isOutputSeen = false)
{
    private const int LogWidth = 100_000;

    private ProgressLine? _progress;

    /// <summary>Standard input.</summary>
    public TextReader Input { get; } = input;

    /// <summary>Standard error, with prompts. What is written to it directly must not meet a progress line.</summary>
    public IAnsiConsole Messages { get; } = messages;

    /// <summary>Whether a person is there to answer: standard input and standard error are terminals.</summary>
    public bool CanAsk => Messages.Profile.Capabilities.Interactive;

    /// <summary>Connects to the process's own streams.</summary>
    public static Terminal OfProcess()
    {
        // The process's own readers and writers would guess an encoding from the locale; file names are UTF-8.
        var input = new StreamReader(Console.OpenStandardInput());
        var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        bool isLog = Console.IsErrorRedirected;
        IAnsiConsole messages = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = isLog ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isLog ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isLog || Console.IsInputRedirected ? InteractionSupport.No : InteractionSupport.Yes,
        });
        if (isLog)
        {
            // A log wants its sentences whole.
            messages.Profile.Width = LogWidth;
        }

        return new Terminal(
            input, output, messages, Environment.GetEnvironmentVariable, isOutputSeen: !Console.IsOutputRedirected);
    }

    /// <summary>Reads an environment variable; null if it is empty or absent.</summary>
    public string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>Writes a line of results.</summary>
    public void WriteLine(string line)
    {
        if (_progress is null || !isOutputSeen)
        {
            Write();
        }
        else
        {
            _progress.Above(Write);
        }

        void Write()
        {
            try
            {
                output.WriteLine(line);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw CommandFailure.Usage("The results cannot be written. Check where standard output goes.");
            }
        }
    }

    /// <summary>Writes a sentence to standard error.</summary>
    public void Say(string sentence) => Say(sentence, Style.Plain);

    /// <summary>Writes a sentence about something that was not done.</summary>
    public void Warn(string sentence) => Say(sentence, new Style(Color.Yellow));

    /// <summary>Lets a progress line be erased before anything else is written; null when it is over.</summary>
    public void Keep(ProgressLine? progress) => _progress = progress;

    /// <summary>How far the last work came that was not finished, as "3 of 10"; null if none was cut short.</summary>
    public string? StoppedAt { get; set; }

    /// <summary>Asks a question that is answered by yes or no.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        TextPrompt<string> prompt = new TextPrompt<string>(question) { ShowChoices = true }
            .AddChoices(["y", "n"])
            .InvalidChoiceMessage("Please answer y or n.");
        return await AskAsync(prompt, cancellationToken) == "y";
    }

    /// <summary>Asks for a secret. What is typed is not shown.</summary>
    public Task<string> AskSecretAsync(string question, CancellationToken cancellationToken) =>
        AskAsync(new TextPrompt<string>(question) { AllowEmpty = true }.Secret(null), cancellationToken);

    private async Task<string> AskAsync(TextPrompt<string> prompt, CancellationToken cancellationToken)
    {
        try
        {
            return await prompt.ShowAsync(Messages, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The cursor still stands behind the question.
            Messages.WriteLine();
            throw;
        }
    }

    private void Say(string sentence, Style style)
    {
        if (_progress is null)
        {
            Write();
        }
        else
        {
            _progress.Above(Write);
        }

        void Write()
        {
            try
            {
                Messages.Write(new Text(sentence, style));
                Messages.WriteLine();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw CommandFailure.Usage("Messages cannot be written. Check where standard error goes.");
            }
        }
    }
}
