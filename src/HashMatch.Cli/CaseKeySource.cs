using HashMatch.Protocol;

namespace HashMatch.Cli;

/// <summary>Where the key of a case comes from: a file, else HASHMATCH_CASE_KEY, else the person.</summary>
internal static class CaseKeySource
{
    /// <summary>The environment variable that holds a case key.</summary>
    public const string Variable = "HASHMATCH_CASE_KEY";

    private const string NotAKey = "This is not a case key. Check it for typing mistakes.";

    /// <summary>Finds the key of a case that exists.</summary>
    /// <param name="path">The file named by <c>--case-key-file</c>, or null.</param>
    /// <param name="terminal">Where to ask, and the environment.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CommandFailure">There is no key.</exception>
    public static async Task<CaseKey> FindAsync(string? path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (path is not null)
        {
            return CaseKeyFile.Read(path);
        }

        if (FromEnvironment(terminal) is CaseKey known)
        {
            return known;
        }

        if (!terminal.CanAsk)
        {
            throw CommandFailure.Usage($"Which case? Give its key by {Variable} or --case-key-file.");
        }

        string typed = await terminal.AskSecretAsync("Case key (not shown as you type):", cancellationToken);
        return CaseKey.TryParse(typed, out CaseKey key) ? key : throw CommandFailure.Usage(NotAKey);
    }

    /// <summary>Reads the environment variable; null if it is not set.</summary>
    /// <exception cref="CommandFailure">It does not hold a key.</exception>
    public static CaseKey? FromEnvironment(Terminal terminal)
    {
        if (terminal.Variable(Variable) is not string text)
        {
            return null;
        }

        return CaseKey.TryParse(text, out CaseKey key)
            ? key
            : throw CommandFailure.Usage($"{Variable} does not hold a case key. Check it for typing mistakes.");
    }
}
