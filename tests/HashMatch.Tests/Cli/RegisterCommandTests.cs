using System.Globalization;
using System.Text.Json;
using HashMatch.Cli;
using HashMatch.Protocol;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

public sealed class RegisterCommandTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Register_NobodyListens_HasShownAndKeptTheKey()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));

        CommandRun run = await CommandRun.OfAsync(
            "register", "--adult", "--server", CommandRun.NoServer, "--case-key-file", _folder["key.txt"], file);

        string key = File.ReadAllText(_folder["key.txt"]).Trim();
        Assert.Equal(ExitCodes.Service, run.ExitCode);
        Assert.True(CaseKey.TryParse(key, out _));
        Assert.Contains($"Your case key: {key}", run.Messages, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", run.Messages, StringComparison.Ordinal);
        Assert.Contains("0 pictures of 1 acknowledged. To go on, run the same", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_NobodyListens_JsonHoldsKeyAndError()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));

        CommandRun run =
            await CommandRun.OfAsync("register", "--under-18", "--json", "--server", CommandRun.NoServer, file);

        Assert.Equal(2, run.Lines.Count);
        using var first = JsonDocument.Parse(run.Lines[0]);
        using var line = JsonDocument.Parse(run.Lines[1]);
        string? key = first.RootElement.GetProperty("case_key").GetString();
        Assert.Equal(ExitCodes.Service, run.ExitCode);
        Assert.True(CaseKey.TryParse(key, out _));
        Assert.Equal(key, line.RootElement.GetProperty("case_key").GetString());
        Assert.Equal(0, line.RootElement.GetProperty("accepted").GetInt32());
        Assert.Contains(
            "cannot be reached", line.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(file, line.RootElement.GetProperty("pictures")[0].GetProperty("file").GetString());
        Assert.DoesNotContain("Your case key", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_OutputCannotBeWritten_SendsNothing()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));
        var messages = new StringWriter();
        using var full = new FullWriter();
        Terminal terminal = CommandRun.Terminal(full, messages);

        int exitCode = await HashMatchCommand.InvokeAsync(
            ["register", "--adult", "--json", "--server", CommandRun.NoServer, file],
            terminal,
            TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.StartsWith("The results cannot be written.", messages.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be reached", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_MessagesCannotBeWritten_SendsNothing()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));
        var output = new StringWriter();
        using var full = new FullWriter();
        Terminal terminal = CommandRun.Terminal(output, full);

        int exitCode = await HashMatchCommand.InvokeAsync(
            ["register", "--adult", "--server", CommandRun.NoServer, file],
            terminal,
            TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Register_KeyInFile_IsUsedAgain()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));
        string key = CaseKey.Create().ToText();
        File.WriteAllText(_folder["key.txt"], $"Keep this.\r\n{key}\r\n");

        CommandRun run = await CommandRun.OfAsync(
            "register", "--adult", "--json", "--server", CommandRun.NoServer, "--case-key-file",
            _folder["key.txt"], file);

        using var line = JsonDocument.Parse(run.Output);
        Assert.Equal(key, line.RootElement.GetProperty("case_key").GetString());
    }

    [Fact]
    public async Task Register_KeyInEnvironment_IsUsedAgain()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));
        string key = CaseKey.Create().ToText();

        CommandRun run = await CommandRun.OfAsync(
            ["register", "--adult", "--json", "--server", CommandRun.NoServer, file],
            "",
            new() { ["HASHMATCH_CASE_KEY"] = key });

        using var line = JsonDocument.Parse(run.Output);
        Assert.Equal(key, line.RootElement.GetProperty("case_key").GetString());
    }

    [Fact]
    public async Task Register_KeyFileHoldsSomethingElse_IsLeftAlone()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));
        File.WriteAllText(_folder["diary.txt"], "Dear diary");

        CommandRun run = await CommandRun.OfAsync(
            "register", "--adult", "--server", CommandRun.NoServer, "--case-key-file", _folder["diary.txt"], file);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("holds something else", run.Messages, StringComparison.Ordinal);
        Assert.Equal("Dear diary", File.ReadAllText(_folder["diary.txt"]));
    }

    [Fact]
    public async Task Register_NothingUsable_SendsNothingAndMakesNoKey()
    {
        string flat = _folder.Write("a.png", SamplePicture.FlatPng());
        string damaged = _folder.Write("b.png", [1, 2, 3]);

        CommandRun run = await CommandRun.OfAsync(
            "register", "--adult", "--json", "--server", CommandRun.NoServer, "--case-key-file", _folder["key.txt"],
            flat, damaged);

        using var line = JsonDocument.Parse(Assert.Single(run.Lines));
        JsonElement pictures = line.RootElement.GetProperty("pictures");
        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.False(line.RootElement.TryGetProperty("case_key", out _));
        Assert.Equal(2, line.RootElement.GetProperty("refused").GetInt32());
        Assert.Equal("LowQuality", pictures[0].GetProperty("refused").GetString());
        Assert.Equal("UnknownFormat", pictures[1].GetProperty("refused").GetString());
        Assert.Contains("nothing was sent", run.Messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["key.txt"]));
    }

    [Fact]
    public async Task Register_TooMany_IsRefusedBeforeHashing()
    {
        for (int i = 0; i <= 1_000; i++)
        {
            _folder.Write(i.ToString(CultureInfo.InvariantCulture) + ".jpg", []);
        }

        CommandRun run = await CommandRun.OfAsync("register", "--adult", "--server", CommandRun.NoServer, _folder.Path);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(
            "These are 1,001 pictures; a case holds at most 1,000.", run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("n")]
    public async Task Register_PersonIsThere_AsksForAge(string answer)
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));

        CommandRun run = await CommandRun.OfAsync(
            ["register", "--server", CommandRun.NoServer, file], "", [], typed: answer + "\n");

        Assert.Equal(ExitCodes.Service, run.ExitCode);
        Assert.Contains("under 18 in at least one of the pictures?", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_PersonSaysNo_SendsNothing()
    {
        CommandRun run = await CommandRun.OfAsync(
            ["withdraw", "--server", CommandRun.NoServer],
            "",
            new() { ["HASHMATCH_CASE_KEY"] = CaseKey.Create().ToText() },
            typed: "n\n");

        Assert.Equal(ExitCodes.Negative, run.ExitCode);
        Assert.Contains("Nothing was withdrawn.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_KeyTyped_IsNotShown()
    {
        string key = CaseKey.Create().ToText();

        CommandRun run =
            await CommandRun.OfAsync(["status", "--server", CommandRun.NoServer], "", [], typed: key + "\n");

        Assert.Equal(ExitCodes.Service, run.ExitCode);
        Assert.Contains("Case key", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain(key[..5], run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_KeyMistyped_IsRefusedBeforeAnythingIsSent()
    {
        CommandRun run = await CommandRun.OfAsync(["status", "--server", CommandRun.NoServer], "", [], typed: "ABC\n");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(
            "This is not a case key. Check it for typing mistakes.", run.Messages, StringComparison.Ordinal);
    }
}
