using HashMatch.Cli;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private static readonly CaseKey Key = new("0123456789abcdef"u8);

    private readonly PictureFolder _folder = new();

    public static TheoryData<string[], string> BadLines => new()
    {
        { [], "Say what to do" },
        { ["hsh"], "There is no such command" },
        { ["hash"], "Name at least one picture file or folder" },
        { ["hash", "--bogus", "a.jpg"], "There is no option --bogus" },
        { ["hash", "--mode", "half", "a.jpg"], "--mode takes full or stretch512" },
        { ["register", "a.jpg"], "Say --under-18" },
        { ["register", "--adult", "--under-18", "a.jpg"], "Say --under-18" },
        { ["register", "--views", "all", "--adult", "a.jpg"], "--views takes plain or wide" },
        { ["add", "--views", "turned", "a.jpg"], "--views takes plain or wide" },
        { ["status", "more"], "There is an argument too many" },
        { ["status", "--server", "nowhere"], "must look like https://example.org" },
        { ["status", "--server", "https://name:word@example.org"], "must look like https://example.org" },
        { ["status"], "Give its key by HASHMATCH_CASE_KEY" },
        { ["withdraw", "--picture", "0"], "--picture takes a whole number from 1" },
        { ["withdraw", "--picture", "-1"], "--picture takes a whole number from 1" },
        { ["check", "--max-distance", "257", "a.jpg"], "--max-distance takes a whole number from 0 to 256" },
        { ["check", "--views", "all", "a.jpg"], "--views takes plain, turned or wide" },
        { ["check", "--max-distance", "20", "a.jpg"], "--max-distance goes with --views plain alone" },
        { ["check", "--max-distance", "20", "--views", "turned", "a.jpg"], "--max-distance goes with --views plain" },
        { ["check", "--views", "wide", "-"], "Hashes from standard input are looked up as they are" },
        { ["mirror", "check", ".", "--max-distance", "20", "a.jpg"], "--max-distance goes with --views plain alone" },
        { ["check", "a.jpg"], "Give it by HASHMATCH_API_KEY" },
        { ["check", "-", "a.jpg"], "Name either files or -" },
    };

    public static TheoryData<string> Secrets =>
    [
        new string('a', Hash256.HexLength),
        "hm_partner_0123456789",
        Key.ToText(),
        Key.ToText().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(),
        "01234-56789-01234-56789-01234-5",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task Invoke_BadLine_ExitsWithTwoAndSaysWhy(string[] arguments, string sentence)
    {
        CommandRun run = await CommandRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(sentence, run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task Invoke_SecretAsArgument_ExplainsAndDoesNotRepeatIt(string secret)
    {
        string[][] lines =
        [
            ["hash", secret], ["register", "--adult", secret], ["check", secret], ["status", secret],
            ["add", secret], ["withdraw", secret], [secret], ["status", "--case-key-file", secret],
            ["register", "--adult", "--case-key-file", secret, _folder.Write("a.png", SamplePicture.Png(1))],
            ["check", "--api-key-file", secret, "a.jpg"], ["status", "--case-key", secret],
            ["check", "--api-key", secret, "a.jpg"], ["add", "--case-key", secret, "a.jpg"],
            ["add", "--case-key=" + secret, "a.jpg"], ["status", "--case-key=" + secret],
        ];

        foreach (string[] line in lines)
        {
            CommandRun run =
                await CommandRun.OfAsync(line, "", new() { ["HASHMATCH_CASE_KEY"] = CaseKey.Create().ToText() });

            Assert.Equal(ExitCodes.Usage, run.ExitCode);
            Assert.Contains("do not belong on the command line", run.Messages, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, run.Messages + run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Invoke_BadNumber_DoesNotRepeatWhatWasTyped()
    {
        CommandRun run = await CommandRun.OfAsync("withdraw", "--picture", "abcdefgh");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.DoesNotContain("abcdefgh", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfEachCommand_IsWrittenAsResult()
    {
        foreach (string command in new[] { "hash", "register", "add", "status", "withdraw", "check" })
        {
            CommandRun run = await CommandRun.OfAsync(command, "--help");

            Assert.Equal(ExitCodes.Done, run.ExitCode);
            Assert.Contains($" {command} ", run.Output, StringComparison.Ordinal);
            Assert.Contains("--json", run.Output, StringComparison.Ordinal);
            Assert.Empty(run.Messages);
        }
    }

    [Fact]
    public async Task Status_UnencryptedServerElsewhere_Warns()
    {
        CommandRun run = await CommandRun.OfAsync("status", "--server", "http://example.org");

        Assert.Contains("is not encrypted", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NobodyListens_ExitsWithFour()
    {
        CommandRun run = await CommandRun.OfAsync(
            ["status", "--json"],
            "",
            new() { ["HASHMATCH_CASE_KEY"] = CaseKey.Create().ToText(), ["HASHMATCH_SERVER"] = CommandRun.NoServer });

        Assert.Equal(ExitCodes.Service, run.ExitCode);
        Assert.StartsWith(
            "The service at http://127.0.0.1:1 cannot be reached.", run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Invoke_Cancelled_ExitsWith130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var messages = new StringWriter();

        int exitCode = await HashMatchCommand.InvokeAsync(
            ["hash", _folder.Write("a.png", SamplePicture.Png(1))],
            CommandRun.Terminal(TextWriter.Null, messages),
            cancelled.Token);

        Assert.Equal(ExitCodes.Interrupted, exitCode);
        Assert.Equal("Stopped after 0 of 1.", messages.ToString().Trim());
    }
}
