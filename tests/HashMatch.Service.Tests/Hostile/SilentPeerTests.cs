using System.Diagnostics;
using Grpc.Core;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>Peers that begin and do not go on.</summary>
[Collection(HostilePeers.Name)]
public sealed class SilentPeerTests(AttackedService service)
{
    /// <summary>Both kinds of calls, and how the service ends them.</summary>
    private static readonly (string Path, StatusCode Expected)[] Calls =
    [
        (AttackedService.Check, StatusCode.DeadlineExceeded),
        (AttackedService.Register, StatusCode.DeadlineExceeded),
        (AttackedService.Match, StatusCode.DeadlineExceeded),
        (AttackedService.Watch, StatusCode.Unavailable),
        (AttackedService.MatchStream, StatusCode.Unavailable),
    ];

    [Fact]
    public async Task Call_NothingAfterItsHeaders_IsEndedInTime()
    {
        await Task.WhenAll(Calls.Select(call => AssertEndedAsync(call.Path, call.Expected, message: [])));
        await service.AssertWellAsync();
    }

    [Fact]
    public async Task Call_AByteAtATime_IsEndedInTime()
    {
        byte[] message = Message.Of(Message.Padding(1_000));

        await Task.WhenAll(Calls.Select(call => AssertEndedAsync(call.Path, call.Expected, message)));
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("half a preface")]
    [InlineData("a preface")]
    [InlineData("half a header frame")]
    [InlineData("headers that do not end")]
    public async Task Connections_ThatStopAt_HarmNoOther(string stop)
    {
        byte[] greeting = Frame.Greeting();
        byte[] headers = Frame.CallBlock(AttackedService.Check);
        byte[] said = stop switch
        {
            "nothing" => [],
            "half a preface" => greeting[..12],
            "a preface" => greeting[..24],
            "half a header frame" => [.. greeting, .. Frame.Headers(1, headers)[..40]],
            _ => [.. greeting, .. Frame.Headers(1, headers, endHeaders: false)],
        };
        List<RawPeer> peers = [];

        for (int i = 0; i < 300; i++)
        {
            RawPeer peer = await RawPeer.ConnectAsync(service.Address);
            Assert.True(await peer.SendAsync(said));
            peers.Add(peer);
        }

        await service.AssertWellAsync();
        peers.ForEach(peer => peer.Dispose());
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData("half a preface", 0)]
    [InlineData("half a header frame", 1)]
    [InlineData("headers that do not end", 1)]
    [Trait("Category", "Long")]
    public async Task Connection_ThatStopsForLong_IsClosed(string stop, int greetings)
    {
        Assert.SkipUnless(HostilePeers.IsLong, "Kestrel waits for 30 s to 150 s; set HASHMATCH_LONG=1.");
        byte[] headers = Frame.CallBlock(AttackedService.Check);
        using RawPeer peer = await RawPeer.ConnectAsync(service.Address);
        peer.Patience = TimeSpan.FromSeconds(200);

        await peer.SendAsync(
            greetings == 0 ? Frame.Greeting()[..12] : Frame.Greeting(),
            stop switch
            {
                "half a header frame" => Frame.Headers(1, headers)[..40],
                "headers that do not end" => Frame.Headers(1, headers, endHeaders: false),
                _ => [],
            });
        await peer.ClosedAsync();

        await service.AssertWellAsync();
    }

    private async Task AssertEndedAsync(string path, StatusCode expected, byte[] message)
    {
        using RawPeer peer = await RawPeer.GreetAsync(service.Address);
        using var ended = new CancellationTokenSource();
        var time = Stopwatch.StartNew();

        await peer.SendAsync(Frame.Call(1, path, more: Headers(path)));
        Task dripping = DripAsync();
        Answer answer = await peer.AnswerAsync(1);
        await ended.CancelAsync();
        await dripping;

        Assert.True(expected == answer.Status, $"{path}: {answer}");
        Assert.InRange(time.ElapsedMilliseconds, 900, HostilePeers.IsLong ? 4_000 : 16_000);
        Assert.True(await peer.SettleAsync());

        async Task DripAsync()
        {
            for (int i = 0; i < message.Length && !ended.IsCancellationRequested; i++)
            {
                await peer.SendAsync(Frame.Data(1, message.AsSpan(i, 1)));
                await Task.Delay(100);
            }
        }
    }

    private (string Name, string Value)[] Headers(string path) =>
        path.Contains("MatchService", StringComparison.Ordinal) ? [service.Authorization] : [];
}
