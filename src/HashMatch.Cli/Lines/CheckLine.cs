namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch check --json</c> says of one file, or of one line of standard input.</summary>
internal sealed record CheckLine(
    string? File,
    int? Line,
    IReadOnlyList<MatchLine>? Matches = null,
    string? Refused = null,
    string? Message = null);
