namespace HashMatch.Cli;

/// <summary>Ends the command with a sentence for its user. The sentence repeats no key and no hash.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Whether the same command may succeed later.</summary>
    public bool IsPassing { get; init; }

    /// <summary>The command line asks for something that cannot be done.</summary>
    public static CommandFailure Usage(string message) => new(ExitCodes.Usage, message);

    /// <summary>The input cannot be taken.</summary>
    public static CommandFailure Refused(string message) => new(ExitCodes.Refused, message);
}
