using System.Text.Json;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching.Report;

[Collection(AloneInProcess.Name)]
public sealed class MatcherCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string, string> BadLines => new()
    {
        { "--bogus", "--bogus" },
        { "more", "more" },
        { "--size 0", "--size takes a whole number from 1 to 500000000" },
        { "--size 1e6", "--size takes a whole number" },
        { "--size 5 --size 6", "--size" },
        { "--distance 257", "--distance takes a whole number from 0 to 256" },
        { "--distance -1", "--distance takes a whole number from 0 to 256" },
        { "--threads 0", "--threads takes a whole number from 1 to 256" },
        { "--batch 0", "--batch takes a whole number from 1 to 65536" },
        { "--rounds 4", "--rounds takes a whole number from 5" },
        { "--rest 10", "--rest takes a whole number from 50" },
        { "--set flat", "--set takes uniform, skew or zipf" },
        { "--set 1", "--set takes uniform, skew or zipf" },
        { "--base a", "--base and --queries go together" },
        { "--queries a", "--base and --queries go together" },
        { "--base a --queries b --set skew", "Give either" },
        { "--base a --queries b --size 5", "Give either" },
        { "--live --open", "two different reports" },
        { "--live --chart a.svg", "two different reports" },
        { "--live --threads 2", "searches in one thread" },
        { "--sizes 5", "--sizes goes with --chart" },
        { "--redraw", "--redraw goes with --chart" },
        { "--folder .", "--folder goes with --open" },
        { "--chart a.png", "a file that ends in .svg" },
        { "--chart a.svg --size 5", "--chart makes its own lists" },
        { "--chart a.svg --sizes 5,,6", "--sizes takes whole numbers" },
        { "--chart a.svg --sizes 5 --redraw", "--redraw takes the sizes that were measured" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task Invoke_BadLine_ExitsWithTwoAndSaysWhy(string line, string reason)
    {
        (int code, string output, string messages) = await InvokeAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(reason, messages, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task Invoke_FileThatIsNoList_ExitsWithThreeAndSaysWhy()
    {
        string good = WriteFile("good", 64);
        string bad = WriteFile("bad", 33);

        (int badBase, _, string ofBase) = await InvokeAsync("--base", bad, "--queries", good);
        (int badQueries, _, string ofQueries) = await InvokeAsync("--base", good, "--queries", bad);
        (int missing, _, string ofMissing) = await InvokeAsync("--base", good, "--queries", good + ".not");

        Assert.Equal([3, 3, 3], new[] { badBase, badQueries, missing });
        Assert.Contains("not a whole number of hashes", ofBase, StringComparison.Ordinal);
        Assert.Contains("not a whole number of hashes", ofQueries, StringComparison.Ordinal);
        Assert.Contains("cannot be read", ofMissing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set skew --size 3000 --batch 7 --distance 45")]
    [InlineData("--set zipf --size 1 --distance 256")]
    [InlineData("--size 2000 --threads 2 --distance 0")]
    public async Task Invoke_Sets_GivesALineForEachEngineAndExactAnswers(string line)
    {
        (int code, string output, string messages) = await InvokeAsync(
            [.. line.Split(' '), "--milliseconds", "1", "--rest", "100", "--json"]);

        EngineLine[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(ReportJson.Read<EngineLine>)];
        Assert.True(code == 0, messages);
        Assert.Equal(["scan", "index", "index-batch"], lines.Select(engine => engine.Engine));
        Assert.All(lines, engine => Assert.True(engine is { Rounds: 5, CpuUsPerQuery: > 0, QueriesPerSecond: > 0 }));
        Assert.All(lines, engine => Assert.True(engine.RatioMin <= engine.Ratio && engine.Ratio <= engine.RatioMax));
        Assert.All(lines[1..], engine => Assert.True(engine is { Recall: 1, Missed: 0, Wrong: 0, Matches: > 100 }));
        Assert.All(lines[1..], engine => Assert.True(engine is { InsertUs: > 0, RemoveUs: > 0 }));
        Assert.All(lines, engine => Assert.Equal(engine.Threads == 2, engine.ScalingToCompute is not null));
    }

    [Fact]
    public async Task Invoke_Files_MeasuresThem()
    {
        var sets = new HashSets(HashSetKind.Uniform);
        Hash256[] rows = sets.Create(500);
        string file = WriteFile("rows", rows);
        string queries = WriteFile("queries", sets.CreateQueries(rows, 40));

        (int code, string output, string messages) = await InvokeAsync(
            "--base", file, "--queries", queries, "--milliseconds", "1", "--rest", "100");

        Assert.True(code == 0, messages);
        Assert.Contains("500 hashes (file), distance 31, threads: 1", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^index-batch +40 .*\(", output);
        Assert.Contains("index: recall 1 of ", output, StringComparison.Ordinal);
        Assert.Contains("0 missed, 0 wrong", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_Live_GivesOneLine()
    {
        (int code, string output, string messages) = await InvokeAsync(
            "--live", "--size", "2000", "--milliseconds", "10", "--rest", "100", "--json");

        Assert.True(code == 0, messages);
        JsonElement line = JsonDocument.Parse(output).RootElement;
        Assert.Equal("live", line.GetProperty("report").GetString());
        Assert.True(line.GetProperty("inserts_per_second").GetDouble() > 0);
        Assert.True(line.GetProperty("quiet_cpu_us_per_query").GetDouble() > 0);
        Assert.Equal(0, line.GetProperty("missed").GetInt64() + line.GetProperty("wrong").GetInt64());
    }

    [Fact]
    public async Task Invoke_Open_GivesOneLineAndLeavesNoFile()
    {
        (int code, string output, string messages) = await InvokeAsync(
            "--open", "--size", "2000", "--folder", _folder, "--rest", "100", "--json");

        Assert.True(code == 0, messages);
        JsonElement line = JsonDocument.Parse(output).RootElement;
        Assert.Equal("open", line.GetProperty("report").GetString());
        Assert.True(line.GetProperty("first_answer_ms").GetDouble() > 0);
        Assert.True(line.GetProperty("file_bytes_per_hash").GetDouble() >= 40);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Invoke_FolderThatIsNotThere_ExitsWithThreeBeforeAnyWork()
    {
        string folder = Path.Combine(_folder, "not");

        (int open, _, string ofOpen) = await InvokeAsync("--open", "--folder", folder);
        (int chart, _, string ofChart) = await InvokeAsync("--chart", Path.Combine(folder, "a.svg"));

        Assert.Equal([3, 3], new[] { open, chart });
        Assert.Equal($"{folder} is no folder.", ofOpen.Trim());
        Assert.EndsWith("would lie in a folder that is not there.", ofChart.Trim(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Messages)> InvokeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        int code = await MatcherCommand.InvokeAsync([MatcherCommand.Name, .. arguments], output, messages);
        return (code, output.ToString(), messages.ToString());
    }

    private string WriteFile(string name, int length)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, new byte[length]);
        return path;
    }

    private string WriteFile(string name, Hash256[] hashes)
    {
        string path = Path.Combine(_folder, name);
        using var writer = new BinaryWriter(File.Create(path));
        foreach (Hash256 hash in hashes)
        {
            for (int word = 0; word < 4; word++)
            {
                writer.Write(hash.GetWord(word));
            }
        }

        return path;
    }
}
