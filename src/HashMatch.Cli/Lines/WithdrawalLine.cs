namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch withdraw --json</c> says.</summary>
/// <param name="Withdrawn">How many pictures this call withdrew.</param>
internal sealed record WithdrawalLine(int Withdrawn);
