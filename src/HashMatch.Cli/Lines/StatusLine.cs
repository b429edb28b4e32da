namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch status --json</c> says.</summary>
/// <param name="State">"active" or "withdrawn".</param>
/// <param name="AgeGroup">"under_18" or "adult".</param>
/// <param name="PictureCount">How many pictures the case holds.</param>
/// <param name="Pictures">The first 1,000 of them.</param>
/// <param name="MirrorsConfirmed">Of a withdrawn case: how many mirrors hold nothing of it any more.</param>
/// <param name="Mirrors">Of a withdrawn case: how many mirrors there are.</param>
internal sealed record StatusLine(
    string State,
    string AgeGroup,
    int PictureCount,
    IReadOnlyList<HeldPictureLine> Pictures,
    int? MirrorsConfirmed,
    int? Mirrors);
