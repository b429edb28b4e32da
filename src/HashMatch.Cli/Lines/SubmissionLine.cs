namespace HashMatch.Cli.Lines;

/// <summary>What <c>hashmatch register --json</c> and <c>add --json</c> say in the end.</summary>
/// <param name="CaseKey">The key of the case; absent for <c>add</c>, and when nothing was sent.</param>
/// <param name="Accepted">How many pictures the service acknowledged.</param>
/// <param name="Refused">How many were not taken, here or by the service.</param>
/// <param name="Pictures">Each picture with its number, or with the reason of its refusal; those that the service did
/// not get round to have neither.</param>
/// <param name="Error">Why it stopped early.</param>
internal sealed record SubmissionLine(
    string? CaseKey, int Accepted, int Refused, IReadOnlyList<PictureLine> Pictures, string? Error = null);
