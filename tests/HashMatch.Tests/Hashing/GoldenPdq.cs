using System.Text.Json;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>One picture of the golden data whose pixels are there without a decoder, and one way to start.</summary>
public sealed class GoldenPdq
{
    private static readonly string[] TurnNames =
        ["original", "rotate90", "rotate180", "rotate270", "flipx", "flipy", "flipplus1", "flipminus1"];

    private GoldenPdq(string name, bool isStretched, PnmImage image, JsonElement result, string? tapStem)
    {
        Name = name;
        Mode = isStretched ? PdqMode.Stretch512 : PdqMode.FullResolution;
        Image = image;
        Hash = result.GetProperty("hash").GetString()!;
        Quality = result.GetProperty("quality").GetInt32();
        DihedralQuality = result.GetProperty("dihedral_quality").GetInt32();
        JsonElement turns = result.GetProperty("dihedral");
        Turns = [.. TurnNames.Select(turn => turns.GetProperty(turn).GetString()!)];
        Digests = result.GetProperty("sha256").EnumerateObject()
            .ToDictionary(digest => digest.Name, digest => digest.Value.GetString()!);
        TapStem = isStretched ? tapStem : null;
    }

    public string Name { get; }

    public PdqMode Mode { get; }

    public PnmImage Image { get; }

    public string Hash { get; }

    public int Quality { get; }

    public int DihedralQuality { get; }

    public IReadOnlyList<string> Turns { get; }

    public IReadOnlyDictionary<string, string> Digests { get; }

    /// <summary>Where the float dumps lie, without their last extensions; none for some.</summary>
    public string? TapStem { get; }

    /// <summary>
    /// Reads all. Where the pixels are those after the stretch, they are good for full resolution too if there was
    /// nothing to stretch.
    /// </summary>
    public static IReadOnlyList<GoldenPdq> Load()
    {
        string folder = SharedFolder.Require("golden/pdq");
        List<GoldenPdq> all = [];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string? file = entry.GetProperty("file").GetString();
            bool isRaw = file?.StartsWith("decoded/", StringComparison.Ordinal) == true;
            string? pixels = isRaw ? file
                : entry.TryGetProperty("hashed_pixels_pnm", out JsonElement pnm) ? pnm.GetString() : null;
            if (pixels is null)
            {
                continue;
            }

            var image = PnmImage.Read(Path.Combine(folder, pixels));
            JsonElement results = entry.GetProperty("result");
            JsonElement stretched = results.GetProperty("cpp512");
            string stem = Path.GetFileName(pixels).Replace(".hashed.ppm", "", StringComparison.Ordinal);
            string tapStem = Path.Combine(folder, "taps", isRaw ? Path.GetFileNameWithoutExtension(stem) : stem);
            all.Add(new GoldenPdq(stem, isStretched: true, image, stretched, tapStem));
            if (isRaw || !stretched.GetProperty("resized_to_512").GetBoolean())
            {
                all.Add(new GoldenPdq(stem, isStretched: false, image, results.GetProperty("fullres"), null));
            }
        }

        return all;
    }
}
