using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Protocol;

namespace HashMatch.Cli;

/// <summary>How matches are told.</summary>
internal static class MatchWords
{
    /// <summary>A match of a single hash, as the service tells it.</summary>
    public static MatchLine Of(Match match) =>
        new(PlainText.Of(match.EntryId), Band(match.Band), match.HasDistance ? (int)match.Distance : null);

    /// <summary>A match of a single hash in a mirror.</summary>
    public static MatchLine Of(HashListMatch match) => new(match.EntryId, Band(match.Band), match.Distance);

    /// <summary>A match of a picture's view.</summary>
    public static MatchLine Of(PictureMatch match) => new(
        PlainText.Of(match.EntryId),
        Band(match.Band),
        match.Distance,
        match.Tier == ConfidenceTier.Strong ? "strong" : "review",
        match.View,
        Turn(match.Turn),
        match.IsNegative);

    /// <summary>What was looked up when it matched: "raw", or "middle-92, mirrored, negative".</summary>
    public static string Seen(MatchLine match) => string.Join(
        ", ",
        ((string?[])[match.View, TurnInWords(match.Turn), match.Negative == true ? "as a negative" : null])
            .Where(part => part is not null));

    private static string Band(MatchBand band) => band switch
    {
        MatchBand.Same => "same",
        MatchBand.Near => "near",
        MatchBand.Far => "far",
        _ => "unknown",
    };

    private static string Turn(Dihedral turn) => turn switch
    {
        Dihedral.Identity => "identity",
        Dihedral.Rotate90 => "rotate90",
        Dihedral.Rotate180 => "rotate180",
        Dihedral.Rotate270 => "rotate270",
        Dihedral.FlipX => "flip_x",
        Dihedral.FlipY => "flip_y",
        Dihedral.Transpose => "transpose",
        _ => "anti_transpose",
    };

    private static string? TurnInWords(string? turn) => turn switch
    {
        "rotate90" => "turned by 90 degrees",
        "rotate180" => "turned by 180 degrees",
        "rotate270" => "turned by 270 degrees",
        "flip_x" => "upside down and mirrored",
        "flip_y" => "mirrored",
        "transpose" => "mirrored and turned by 90 degrees",
        "anti_transpose" => "mirrored and turned by 270 degrees",
        _ => null,
    };
}
