using System.Text.Json;
using Grpc.Core;
using HashMatch.Cli;
using HashMatch.Hashing;
using HashMatch.Media;
using HashMatch.Protocol;
using HashMatch.Tests.Media;
using Fingerprint = HashMatch.Hashing.Fingerprint;

namespace HashMatch.Tests.Cli;

public sealed class SubmissionTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private readonly List<IReadOnlyList<Fingerprint>> _sent = [];
    private readonly StringWriter _output = new();
    private readonly StringWriter _messages = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _messages.Dispose();
    }

    [Fact]
    public async Task Send_AllTaken_ExitsWithZero()
    {
        (int exitCode, JsonElement line) =
            await RunAsync(Receipts(new() { Number = 1 }, new() { Number = 2 }, new() { Number = 1 }));

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(3, line.GetProperty("accepted").GetInt32());
        Assert.Equal(
            [1, 2, 1],
            line.GetProperty("pictures").EnumerateArray().Select(one => one.GetProperty("picture").GetInt32()));
        Assert.False(line.TryGetProperty("error", out _));
    }

    [Theory]
    [InlineData(RegisterViews.Plain)]
    [InlineData(RegisterViews.Wide)]
    public async Task Send_Views_SendsThemAsOnePictureAFile(RegisterViews views)
    {
        await RunAsync(Receipts(new() { Number = 1 }, new() { Number = 2 }, new() { Number = 3 }), views);

        var hasher = new PictureHasher();
        Assert.Equal(3, _sent.Count);
        for (int i = 0; i < _sent.Count; i++)
        {
            IReadOnlyList<PictureView> expected = hasher.Register(_folder[$"{i + 1}.png"], views);
            Assert.Equal(expected.Select(view => view.Fingerprint), _sent[i]);
            Assert.Equal(views == RegisterViews.Wide, _sent[i].Count > 1);
        }
    }

    [Fact]
    public async Task Send_HeldWithAsManyHashesAsCanBe_SaysSo()
    {
        (int exitCode, JsonElement line) = await RunAsync(Receipts(
            new() { Number = 1 }, new() { Refusal = PictureRefusal.TooManyFingerprints }, new() { Number = 2 }));

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Equal("TooManyFingerprints", line.GetProperty("pictures")[1].GetProperty("refused").GetString());
        Assert.Contains("The case holds this picture already", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OneRefusedByService_ExitsWithThree()
    {
        (int exitCode, JsonElement line) = await RunAsync(Receipts(
            new() { Number = 1 }, new() { Refusal = PictureRefusal.CaseFull }, new() { Number = 2 }));

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Equal(2, line.GetProperty("accepted").GetInt32());
        Assert.Equal(1, line.GetProperty("refused").GetInt32());
        Assert.Equal("CaseFull", line.GetProperty("pictures")[1].GetProperty("refused").GetString());
    }

    [Fact]
    public async Task Send_FailsHalfWay_TellsWhatWasAcknowledged()
    {
        (int exitCode, JsonElement line) = await RunAsync(FailingReceipts(new Status(StatusCode.Unavailable, "")));

        Assert.Equal(ExitCodes.Service, exitCode);
        Assert.Equal(1, line.GetProperty("accepted").GetInt32());
        Assert.Equal(1, line.GetProperty("pictures")[0].GetProperty("picture").GetInt32());
        Assert.False(line.GetProperty("pictures")[1].TryGetProperty("picture", out _));
        Assert.Contains("cannot be reached", line.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 picture of 3 acknowledged. Again.", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_UnknownCase_ExitsWithOne()
    {
        (int exitCode, JsonElement line) =
            await RunAsync(FailingReceipts(new Status(StatusCode.NotFound, "No such case.")));

        Assert.Equal(ExitCodes.Negative, exitCode);
        Assert.Equal("No such case.", line.GetProperty("error").GetString());
        Assert.DoesNotContain("Again.", _messages.ToString(), StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<PictureReceipt> Receipts(params PictureReceipt[] receipts)
    {
        foreach (PictureReceipt receipt in receipts)
        {
            await Task.Yield();
            yield return receipt;
        }
    }

    private static async IAsyncEnumerable<PictureReceipt> FailingReceipts(Status status)
    {
        await Task.Yield();
        yield return new PictureReceipt { Number = 1 };
        throw new RpcException(status);
    }

    private async Task<(int ExitCode, JsonElement Line)> RunAsync(
        IAsyncEnumerable<PictureReceipt> receipts, RegisterViews views = RegisterViews.Wide)
    {
        Terminal terminal = CommandRun.Terminal(_output, _messages);
        string[] files = [.. Enumerable.Range(1, 3).Select(i => _folder.Write($"{i}.png", SamplePicture.Png(i)))];
        Submission submission = await Submission.PrepareAsync(
            Submission.ReadFiles(files), views, terminal, TestContext.Current.CancellationToken);
        await submission.SendAsync(
            (pictures, _) =>
            {
                _sent.AddRange(pictures);
                return receipts;
            }, new Uri(CommandRun.NoServer), terminal, TestContext.Current.CancellationToken);
        int exitCode = SubmissionReport.Write(submission, null, "Again.", terminal, json: true);
        using var line = JsonDocument.Parse(_output.ToString());
        return (exitCode, line.RootElement.Clone());
    }
}
