using System.Globalization;
using HashMatch.Benchmarks.Recall;
using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Tests.House;

namespace HashMatch.Tests.Recall;

/// <summary>Cached hashes are right only as long as the edits that they are of stay the same.</summary>
public sealed class EditVersionTests
{
    private const string UpdateVariable = "HASHMATCH_UPDATE_EDITS";
    private const string Table = "tests/HashMatch.Tests/Recall/edits.csv";
    private const double Tolerance = 1.5;

    // Each kind of step once, and saving left out: that is the business of libvips.
    private static readonly string[] Steps =
    [
        """["palette"]""", """["scale", 0.4]""", """["fit", 64]""", """["stretch", 1.25, 1]""",
        """["crop_center", 0.2]""", """["crop_side", 0.2]""", """["crop_corner", 0.1]""", """["crop_aspect", 4, 5]""",
        """["rotate", 10]""", """["rotcrop", 10]""", """["rot90", 1]""", """["mirror"]""", """["flipv"]""",
        """["border", "white", 0.1]""", """["pad", "black", 0, 0.2]""", """["pad_aspect", "blur", 9, 16]""",
        """["polaroid"]""", """["phone", "light"]""", """["phone_crop", 0.03]""", """["gallery"]""", """["desktop"]""",
        """["caption_over", 0.2]""", """["caption_meme", 0.2]""", """["watermark_tile", 0.35]""",
        """["watermark_corner"]""", """["watermark_center", 0.5]""", """["sticker", 0.1]""", """["emoji", 0.1]""",
        """["censor"]""", """["pixelate", 0.25]""", """["blur_strip", 0.3]""", """["blur", 4]""", """["noise", 15]""",
        """["bright", 0.4]""", """["contrast", 0.8]""", """["gamma", 0.5]""", """["sat", 2]""", """["sepia"]""",
        """["warm"]""", """["hue", 60]""", """["vignette", 0.8]""", """["sharpen", 1.5]""", """["invert"]""",
        """["posterize", 4]""", """["collage", 2, 2]""", """["pip", 0.5]""", """["inset", 0.35]""",
        """["tilt", 0.12, 0.1]""", """["shear", 0.0875]""", """["crop_rand", 0.15]""", """["zoom_rand", 0.65, 0.97]""",
        """["rot_rand", 0.5, 12]""", """["border_rand", 0.25]""", """["stretch_rand", 0.2]""",
        """["chain_rand", 2, 2, [["rot_rand", 0.5, 12], ["border_rand", 0.25], ["crop_rand", 0.15]]]""",
    ];

    [Fact]
    public void Steps_AllOfTheCatalog_AreWatched() =>
        Assert.Equal(
            StepCatalog.Names.Except(["jpeg", "webp"]).Order(),
            Steps.Select(step => step.Split('"')[1]).Order());

    [Fact]
    public void Steps_OneScene_GiveWhatThisVersionGives()
    {
        Picture scene = Sample.Scene(160, 120);
        Picture donor = Sample.Scene(90, 110, 2);
        string[] actual =
        [
            $"version,{ToolVersion.Edits}",
            .. Steps.Select(step => Line(step, Sample.Run($"[{step}]", scene, donor: donor))),
        ];
        string path = Path.Combine(Repository.Root, Table);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
        }

        string[] expected = File.ReadAllLines(path);

        string[] differing =
            [.. actual.Zip(expected).Where(pair => !IsNear(pair.First, pair.Second)).Select(pair => pair.First)];
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(
            differing.Length == 0,
            $"These edits give other pictures than before. If that is meant, raise {nameof(ToolVersion)}.Edits, run "
            + $"the tests once with {UpdateVariable}=1 and commit the table.\n{string.Join('\n', differing)}");
    }

    // The size, and the mean of each of nine parts: enough to see a change, too little to see rounding.
    private static string Line(string step, Picture picture)
    {
        IEnumerable<string> means = Resampling.Resize(picture, 3, 3).Pixels.Chunk(Picture.Channels)
            .Select(pixel => pixel.Average(sample => (double)sample).ToString("F1", CultureInfo.InvariantCulture));
        return $"{step.Replace(",", "")},{picture.Width},{picture.Height},{string.Join(',', means)}";
    }

    private static bool IsNear(string one, string other)
    {
        string[] ours = one.Split(',');
        string[] theirs = other.Split(',');
        return ours.Length == theirs.Length && ours.Zip(theirs).All(pair => pair.First == pair.Second
            || (double.TryParse(pair.First, CultureInfo.InvariantCulture, out double a)
                && double.TryParse(pair.Second, CultureInfo.InvariantCulture, out double b)
                && Math.Abs(a - b) <= Tolerance
                && pair.First.Contains('.')));
    }
}
