namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch hash --json</c> says of one file: a hash, or a refusal.</summary>
internal sealed record HashLine(
    string File,
    string? Hash = null,
    int? Quality = null,
    IReadOnlyList<string>? Dihedral = null,
    string? Refused = null,
    string? Message = null);
