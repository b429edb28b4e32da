using System.Reflection;

namespace HashMatch.Tests.House;

public sealed class PublicApiTests
{
    private const string UpdateVariable = "HASHMATCH_UPDATE_API";

    // The libraries that others build on: what is public in them is a promise.
    public static TheoryData<string> Libraries =>
    [
        "HashMatch.Matching", "HashMatch.Hashing", "HashMatch.Media", "HashMatch.Protocol", "HashMatch.Client",
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void PublicApi_Library_IsTheCheckedInText(string library)
    {
        string path = Path.Combine(Repository.Root, "tests", "HashMatch.Tests", "House", "api", library + ".txt");
        string[] actual = [.. ApiText.Of(Assembly.Load(library))];
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
        }

        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [];

        string[] differences = Differences(expected, actual);

        Assert.True(
            differences.Length == 0 && File.Exists(path),
            $"The public API of {library} is not that of {Path.GetFileName(path)}. If that is meant, run the tests "
            + $"once with {UpdateVariable}=1 and commit the file.\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void Differences_LineLostGainedOrMoved_AreShown()
    {
        string[] before = ["class A", "    int X()", "class B", "    int X()"];

        Assert.Empty(Differences(before, before));
        Assert.Equal(["- class A / int X()"], Differences(before, ["class A", "class B", "    int X()"]));
        Assert.Equal(["+ class B / int Y()"], Differences(before, [.. before, "    int Y()"]));
        Assert.Equal(
            ["- class A / int X()", "+ class B / int X()"],
            Differences(before, ["class A", "class B", "    int X()", "    int X()"]));
    }

    [Fact]
    public void ApiText_HashIndex_ReadsLikeCSharp()
    {
        string[] lines = [.. ApiText.Of(typeof(HashMatch.Matching.HashIndex).Assembly)];

        Assert.Contains("public sealed class HashMatch.Matching.HashIndex", lines);
        Assert.Contains("    public bool Add(Hash256 hash, ulong id, byte label = 0)", lines);
        Assert.Contains(
            "    public void Search("
                + "Hash256 query, int maxDistance, List<IndexMatch> matches, LabelFilter filter = default)",
            lines);
        Assert.Contains("    public static bool TryParse(ReadOnlySpan<char> text, out Hash256 hash)", lines);
        Assert.Contains("    public const int ByteCount = 32", lines);
        Assert.DoesNotContain(lines, line => line.Contains("SlotStore") || line.Contains("RowScan"));
    }

    private static string[] Differences(string[] expected, string[] actual)
    {
        List<string> lost = Qualified(expected);
        List<string> gained = Qualified(actual);
        foreach (string line in lost.ToArray())
        {
            if (gained.Remove(line))
            {
                lost.Remove(line);
            }
        }

        return [.. lost.Select(line => "- " + line), .. gained.Select(line => "+ " + line)];
    }

    // Each member with its type in front, so that a line shows where it belongs.
    private static List<string> Qualified(string[] lines)
    {
        List<string> qualified = [];
        string type = "";
        foreach (string line in lines)
        {
            type = line.StartsWith(' ') ? type : line;
            qualified.Add(line.StartsWith(' ') ? $"{type} / {line.Trim()}" : line);
        }

        return qualified;
    }
}
