using System.Text.Json;

namespace HashMatch.Service.Tests.Web;

/// <summary>The clients that pages use, from Node and from a page of another origin in Chromium.</summary>
public sealed class PageClientTests
{
    private const int Serving = 1;
    private const int NotServing = 2;
    private const string Refused = "refused: 100% sûr\r\n";

    [Fact]
    public async Task ConnectWeb_FromNode_MakesEveryKindOfCall()
    {
        await using TestService service = await TestService.StartAsync();
        await using TrialServer trial = await TrialServer.StartAsync();
        trial.Gate.Opened.SetResult();
        await using var script = NodeScript.Start("node.mjs", Text(service.WebAddress), Text(trial.Address));

        JsonElement answer = await script.ReadAnswerAsync();

        AssertConnectCalls(answer.GetProperty("binary"));
        AssertTextCalls(answer.GetProperty("text"));
    }

    [Fact]
    public async Task Page_OfAnAllowedOriginInChromium_MakesEveryKindOfCall()
    {
        await using var script = NodeScript.Start("chromium.mjs");
        string origin = await script.ReadLineAsync();
        await using TestService service = await TestService.StartAsync(settings: $"--Web:AllowedOrigins:0={origin}");
        await using TrialServer trial = await TrialServer.StartAsync(origin);
        trial.Gate.Opened.SetResult();
        await script.WriteLineAsync($"{Text(service.WebAddress)} {Text(trial.Address)}");

        JsonElement answer = await script.ReadAnswerAsync();

        Assert.Equal(origin, answer.GetProperty("origin").GetString());
        AssertConnectCalls(answer.GetProperty("binary"));
        AssertTextCalls(answer.GetProperty("text"));
        AssertOfficialCalls(answer.GetProperty("official"));
        JsonElement stranger = answer.GetProperty("stranger");
        Assert.NotEqual(origin, stranger.GetProperty("origin").GetString());
        Assert.False(stranger.GetProperty("readable").GetBoolean());
    }

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static void AssertConnectCalls(JsonElement calls)
    {
        Assert.Equal([1], Numbers(calls, "receipts"));
        Assert.Equal(1, calls.GetProperty("pictures").GetInt32());
        Assert.Equal(Serving, calls.GetProperty("watch").GetInt32());
        Assert.Equal("kept", calls.GetProperty("trailer").GetString());
        Assert.Equal(
            Convert.ToBase64String(TrialHealth.BinaryTrailer).TrimEnd('='),
            calls.GetProperty("binaryTrailer").GetString()!.TrimEnd('='));
        AssertFailure(calls.GetProperty("refusal"), "InvalidArgument", "The case key must be 16 bytes long.");
        AssertFailure(calls.GetProperty("unaryError"), "Aborted", Refused);
        Assert.Equal("DeadlineExceeded", calls.GetProperty("deadline").GetProperty("code").GetString());

        JsonElement stream = calls.GetProperty("stream");
        Assert.Equal([Serving, NotServing], Numbers(stream, "messages"));
        Assert.Equal("kept", stream.GetProperty("trailer").GetString());
        Assert.Equal(JsonValueKind.Null, stream.GetProperty("error").ValueKind);

        JsonElement broken = calls.GetProperty("streamError");
        Assert.Equal([Serving], Numbers(broken, "messages"));
        AssertFailure(broken.GetProperty("error"), "Aborted", Refused);

        // It is for platforms and answers no page.
        Assert.NotEqual(JsonValueKind.Null, calls.GetProperty("matching").ValueKind);
    }

    private static void AssertTextCalls(JsonElement calls)
    {
        foreach (JsonProperty call in calls.EnumerateObject())
        {
            Assert.StartsWith("application/grpc-web-text", call.Value.GetProperty("type").GetString());
            Assert.Equal(0, call.Value.GetProperty("rest").GetInt32());
        }

        JsonElement unary = calls.GetProperty("unary");
        Assert.Equal([Serving], Numbers(unary, "messages"));
        Assert.Equal("0", unary.GetProperty("status").GetString());
        Assert.Equal("kept", unary.GetProperty("trailer").GetString());
        Assert.Equal("10", calls.GetProperty("unaryError").GetProperty("status").GetString());
        Assert.Equal([Serving, NotServing], Numbers(calls.GetProperty("stream"), "messages"));
        Assert.Equal("0", calls.GetProperty("stream").GetProperty("status").GetString());
        Assert.Equal([Serving], Numbers(calls.GetProperty("streamError"), "messages"));
        Assert.Equal("10", calls.GetProperty("streamError").GetProperty("status").GetString());
    }

    private static void AssertOfficialCalls(JsonElement calls)
    {
        Assert.Equal([Serving], Numbers(calls.GetProperty("unary"), "messages"));
        Assert.Equal(10, calls.GetProperty("unaryError").GetProperty("code").GetInt32());
        Assert.Equal(Refused, calls.GetProperty("unaryError").GetProperty("message").GetString());
        JsonElement stream = calls.GetProperty("stream");
        Assert.Equal([Serving, NotServing], Numbers(stream, "messages"));
        Assert.Equal(0, stream.GetProperty("code").GetInt32());
        Assert.Equal("kept", stream.GetProperty("trailer").GetString());
        Assert.Equal([Serving], Numbers(calls.GetProperty("streamError"), "messages"));
        Assert.Equal(10, calls.GetProperty("streamError").GetProperty("code").GetInt32());
    }

    private static void AssertFailure(JsonElement failure, string code, string message)
    {
        Assert.Equal(code, failure.GetProperty("code").GetString());
        Assert.Equal(message, failure.GetProperty("message").GetString());
    }

    private static IEnumerable<int> Numbers(JsonElement owner, string name) =>
        owner.GetProperty(name).EnumerateArray().Select(number => number.GetInt32());
}
