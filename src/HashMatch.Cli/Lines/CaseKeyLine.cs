namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch register --json</c> says before anything is sent, if it made the key.</summary>
/// <param name="CaseKey">The key of the case, which the last line repeats.</param>
internal sealed record CaseKeyLine(string CaseKey);
