namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch status --json</c> says.</summary>
internal sealed record StatusLine(
    string State, string AgeGroup, int PictureCount, IReadOnlyList<HeldPictureLine> Pictures);
