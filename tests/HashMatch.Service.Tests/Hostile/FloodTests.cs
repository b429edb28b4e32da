using Grpc.Core;
using Grpc.Health.V1;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>Too much of what is allowed in small numbers.</summary>
[Collection(HostilePeers.Name)]
public sealed class FloodTests(AttackedService service)
{
    private const int StreamsPerConnection = 100;
    private const int StreamsPerCaller = 100;

    private static readonly byte[] Empty = Message.Of(new HealthCheckRequest());

    [Fact]
    public async Task Streams_MoreThanAConnectionMayHave_AreRefused()
    {
        using RawPeer peer = await RawPeer.GreetAsync(service.Address);

        for (int i = 0; i <= StreamsPerConnection; i++)
        {
            await peer.SendAsync(Frame.Call((2 * i) + 1, AttackedService.Check));
        }

        Answer refused = await peer.AnswerAsync((2 * StreamsPerConnection) + 1);

        Assert.Equal(Http2Error.RefusedStream, refused.Reset);
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData(AttackedService.MatchStream)]
    [InlineData(AttackedService.Watch)]
    public async Task Streams_MoreThanACallerMayHave_AreRefusedUntilOneEnds(string path)
    {
        (string, string)[] headers = path == AttackedService.Watch ? [] : [service.Authorization];
        byte[] body = path == AttackedService.Watch ? Empty : [];
        using RawPeer holder = await RawPeer.GreetAsync(service.Address);
        for (int i = 0; i < StreamsPerCaller; i++)
        {
            await holder.SendAsync(
                Frame.Call((2 * i) + 1, path, more: headers), Frame.Data((2 * i) + 1, body, end: body.Length > 0));
        }

        await holder.SettleAsync();
        using RawPeer other = await RawPeer.GreetAsync(service.Address);

        // All have come in once one of a fresh connection is refused; those above may still be on their way.
        await Task.Delay(200);
        Answer refused = await other.CallAsync(1, path, Empty, headers);
        await holder.SendAsync(Frame.Reset(1), Frame.Reset(3));
        await holder.SettleAsync();
        await Task.Delay(100);
        await other.SendAsync(Frame.Call(3, path, more: headers), Frame.Data(3, Empty, end: true));
        Answer? served = path == AttackedService.Watch ? null : await other.AnswerAsync(3);

        Assert.Equal(StatusCode.ResourceExhausted, refused.Status);
        Assert.Equal("1000", refused.Pushback);
        Assert.True(served is null or { Status: StatusCode.InvalidArgument }, $"{served}");
        await service.AssertWellAsync();
    }

    [Fact]
    public async Task Connections_MoreThanAllowed_AreClosedAndThoseThatAreThereServed()
    {
        List<RawPeer> peers = [];
        for (int i = 0; i < AttackedService.Connections + 20; i++)
        {
            RawPeer peer = await RawPeer.ConnectAsync(service.Address);
            await peer.SendAsync(Frame.Greeting());
            peers.Add(peer);
        }

        bool[] open = await Task.WhenAll(peers.Select(peer => peer.SettleAsync()));
        HealthCheckResponse honest = await service.CheckAsync();
        peers.ForEach(peer => peer.Dispose());

        // Connections of the tests before may still be on their way out.
        Assert.InRange(open.Count(one => !one), 20, 20 + AttackedService.Connections / 2);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, honest.Status);
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData("a header of 1 MB")]
    [InlineData("10,000 small headers")]
    [InlineData("a header by its name alone")]
    public async Task Headers_TooMany_EndTheConnection(string kind)
    {
        byte[] more = kind switch
        {
            "a header of 1 MB" => Frame.Block(("x", new string('x', 1_000_000))),
            "10,000 small headers" => Frame.Block(
                [.. Enumerable.Range(0, 10_000).Select(i => ($"x{i}", "1"))]),
            _ => Frame.Block((new string('x', 100_000), "1")),
        };
        using RawPeer peer = await RawPeer.GreetAsync(service.Address);
        service.ForgetPeak();

        await peer.SendAsync(Frame.Headers(1, Frame.CallBlock(AttackedService.Check), endHeaders: false));
        foreach (byte[] chunk in more.Chunk(Frame.MaxLength))
        {
            await peer.SendAsync(Frame.Continuation(1, chunk));
        }

        await peer.SendAsync(Frame.Continuation(1, [], endHeaders: true));
        Answer answer = await peer.AnswerAsync(1);

        Assert.True(answer.ConnectionClosed || answer.HttpStatus == "431", answer.ToString());
        Assert.True(answer.GoAway is null or Http2Error.Protocol or Http2Error.Compression, answer.ToString());
        Assert.InRange(service.PeakGrowth(), long.MinValue, 64 * 1024 * 1024);
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData("pings")]
    [InlineData("settings")]
    [InlineData("continuations without content")]
    [InlineData("data without content")]
    [InlineData("window updates")]
    [InlineData("priorities")]
    [InlineData("frames of a kind that is not known")]
    public async Task Frames_HundredThousandThatCostNothing_AreBorneOrEndTheConnection(string kind)
    {
        const int Frames = 100_000;
        using RawPeer peer = await RawPeer.GreetAsync(service.Address);
        byte[] frame = kind switch
        {
            "pings" => Frame.Ping(),
            "settings" => Frame.Settings((4, 65_535)),
            "continuations without content" => Frame.Continuation(1, []),
            "data without content" => Frame.Data(1, []),
            "window updates" => Frame.WindowUpdate(1, 1),
            "priorities" => Frame.Bytes(FrameKind.Priority, 0, 1, [0, 0, 0, 3, 1]),
            _ => Frame.Bytes((FrameKind)99, 0, 0, [1, 2, 3]),
        };
        byte[] thousand = [.. Enumerable.Repeat(frame, 1_000).SelectMany(one => one)];
        service.ForgetPeak();

        await peer.SendAsync(Frame.Headers(
            1, Frame.CallBlock(AttackedService.MatchStream, service.Authorization), endHeaders: kind[0] != 'c'));
        Task<bool> sending = Task.Run(async () =>
        {
            bool taken = true;
            for (int i = 0; i < Frames && taken; i += 1_000)
            {
                taken = await peer.SendAsync(thousand);
            }

            return taken;
        });

        // The server stops to read from a peer that does not take its answers; so this one does.
        Answer answer = await peer.AnswerAsync(1);
        await sending;

        TestContext.Current.SendDiagnosticMessage($"{kind}: {answer}");
        Assert.True(answer.ConnectionClosed || answer.Status == StatusCode.Unavailable, answer.ToString());
        Assert.InRange(service.PeakGrowth(), long.MinValue, 64 * 1024 * 1024);
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData("data on stream 0", Http2Error.Protocol)]
    [InlineData("data on a stream that was never opened", Http2Error.Protocol)]
    [InlineData("headers on an even stream", Http2Error.Protocol)]
    [InlineData("headers on an earlier stream", Http2Error.StreamClosed)]
    [InlineData("a frame that is too long", Http2Error.FrameSize)]
    [InlineData("a ping that is too short", Http2Error.FrameSize)]
    [InlineData("a window beyond its greatest", Http2Error.FlowControl)]
    [InlineData("more data than the window", Http2Error.FlowControl)]
    [InlineData("headers that refer to nothing", Http2Error.Compression)]
    [InlineData("a continuation of nothing", Http2Error.Protocol)]
    [InlineData("a push", Http2Error.Protocol)]
    [InlineData("no preface", Http2Error.Protocol)]
    public async Task Connection_ThatBreaksARule_IsEndedWithItsError(string rule, uint error)
    {
        byte[] call = Frame.CallBlock(AttackedService.MatchStream, service.Authorization);
        using RawPeer peer = await RawPeer.ConnectAsync(service.Address);

        if (rule != "no preface")
        {
            await peer.SendAsync(Frame.Greeting(window: 0));
        }

        await peer.SendAsync(rule switch
        {
            "data on stream 0" => [Frame.Data(0, Empty)],
            "data on a stream that was never opened" => [Frame.Data(1, Empty)],
            "headers on an even stream" => [Frame.Headers(2, call)],
            "headers on an earlier stream" => [Frame.Headers(3, call), Frame.Reset(3), Frame.Headers(1, call)],
            "a frame that is too long" => [Frame.Headers(1, call), Frame.Data(1, new byte[Frame.MaxLength + 1])],
            "a ping that is too short" => [Frame.Bytes(FrameKind.Ping, 0, 0, [1])],
            "a window beyond its greatest" => [Frame.WindowUpdate(0, int.MaxValue)],
            "more data than the window" => BeyondWindow(call),
            "headers that refer to nothing" => [Frame.Headers(1, [0xff, 0xff, 0x7f])],
            "a continuation of nothing" => [Frame.Continuation(1, call)],
            "a push" => [Frame.Bytes(FrameKind.Push, 4, 1, [0, 0, 0, 2])],
            _ => ["GET / HTTP/1.1\r\nhost: test\r\n\r\n"u8.ToArray()],
        });
        uint? said = await peer.ClosedAsync();

        // A connection that is closed with bytes unread may lose its last word.
        Assert.True(said == error || (said is null && rule is "no preface" or "more data than the window"), $"{said}");
        await service.AssertWellAsync();
    }

    // After a request whose answer is not taken, so that the server does not read on.
    private static byte[][] BeyondWindow(byte[] call) =>
    [
        Frame.Headers(1, call),
        .. Message.Of(new MatchStreamRequest { Request = AttackedService.LargeRequest })
            .Chunk(Frame.MaxLength)
            .Select(chunk => Frame.Data(1, chunk)),
        .. Enumerable.Range(0, 128).Select(_ => Frame.Data(1, new byte[Frame.MaxLength])),
    ];
}
