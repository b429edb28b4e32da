namespace HashMatch.Cli.Lines;

/// <summary>What became of one picture of a submission.</summary>
internal sealed record PictureLine(string File, int? Picture = null, string? Refused = null, string? Message = null);
