namespace HashMatch.Cli;

/// <summary>Where a platform's API key comes from: a file, else HASHMATCH_API_KEY, else the person.</summary>
internal static class ApiKeySource
{
    /// <summary>The environment variable that holds an API key.</summary>
    public const string Variable = "HASHMATCH_API_KEY";

    /// <summary>Finds the key.</summary>
    /// <param name="path">The file named by <c>--api-key-file</c>, or null.</param>
    /// <param name="terminal">Where to ask, and the environment.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CommandFailure">There is no key.</exception>
    public static async Task<string> FindAsync(string? path, Terminal terminal, CancellationToken cancellationToken)
    {
        string? key = path is not null ? Read(path) : terminal.Variable(Variable);
        if (key is null && terminal.CanAsk)
        {
            key = await terminal.AskSecretAsync("API key (not shown as you type):", cancellationToken);
        }

        if (key is null)
        {
            throw CommandFailure.Usage(
                $"This needs a platform's API key. Give it by {Variable} or --api-key-file.");
        }

        key = key.Trim();
        if (!key.StartsWith("hm_", StringComparison.Ordinal) || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw CommandFailure.Usage("This is not an API key: one looks like hm_<id>_<secret>. Check what you gave.");
        }

        return key;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage(
                !File.Exists(path) && SecretShape.IsLikely(path)
                    ? SecretShape.Sentence
                    : "The API key file cannot be read. Check --api-key-file.");
        }
    }
}
