using System.Diagnostics;
using Grpc.Core;
using Grpc.Health.V1;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>Peers that take no answer: by a window of 0, or by never reading from the connection.</summary>
[Collection(HostilePeers.Name)]
public sealed class DeafPeerTests(AttackedService service)
{
    private const int Streams = 100;

    private static readonly byte[] Large = Message.Of(AttackedService.LargeRequest);

    private static readonly byte[] LargeOfStream =
        Message.Of(new MatchStreamRequest { Request = AttackedService.LargeRequest });

    // Answered with 200 matches, 9 KB.
    private static readonly byte[] Smaller = Message.Of(new MatchStreamRequest
    {
        Request = new MatchRequest { Hashes = { AttackedService.LargeRequest.Hashes.Take(20) } },
    });

    private static readonly byte[] Empty = Message.Of(new HealthCheckRequest());

    /// <remarks>
    /// What is written whole and then not taken, as an answer to one message is, is Kestrel's to end: by closing the
    /// connection after 5 s below 240 bytes a second. Watch's answer is so small that it counts as taken, so that its
    /// life ends it.
    /// </remarks>
    [Fact]
    public async Task Call_WindowOf0_IsEndedInTime()
    {
        await Task.WhenAll(
            AssertEndedAsync(AttackedService.Match, 5_000, withConnection: true),
            AssertEndedAsync(AttackedService.MatchStream, 1_000, withConnection: false),
            AssertEndedAsync(AttackedService.Watch, 3_000, withConnection: false));
        await service.AssertWellAsync();
    }

    [Fact]
    public async Task MatchStream_HundredDeafOnesThatAskForEver_AreEndedAndCostNoMemory()
    {
        using RawPeer peer = await RawPeer.GreetAsync(service.Address, window: 0);
        byte[] block = Frame.CallBlock(AttackedService.MatchStream, service.Authorization);
        service.ForgetPeak();

        for (int i = 0; i < Streams; i++)
        {
            await peer.SendAsync(Frame.Headers(Stream(i), block));
        }

        HashSet<int> open = [.. Enumerable.Range(0, Streams).Select(Stream)];
        int sent = 0;
        while (open.Count > 0 && await peer.NextAsync() is Frame frame)
        {
            if (frame.Kind == FrameKind.Reset || frame.EndOfStream)
            {
                open.Remove(frame.Stream);
            }

            // As much as the server's window lets pass, on all streams in turn.
            for (; peer.Window - (sent * Smaller.Length) > Smaller.Length && open.Count > 0; sent++)
            {
                await peer.SendAsync(Frame.Data(open.ElementAt(sent % open.Count), Smaller));
            }
        }

        Assert.True(sent > 10 * Streams);

        Assert.Empty(open);
        Assert.InRange(service.PeakGrowth(), long.MinValue, 128 * 1024 * 1024);
        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData(AttackedService.Match)]
    [InlineData(AttackedService.MatchStream)]
    [InlineData(AttackedService.Watch)]
    public async Task Calls_NeverRead_GiveTheirPlaceAndMemoryBack(string path)
    {
        using RawPeer peer = await RawPeer.ConnectAsync(service.Address, receiveBuffer: 4_096);
        await peer.SendAsync(Frame.Greeting(window: int.MaxValue), Frame.WindowUpdate(0, 1_000_000_000));

        // Within the windows that the server gives, since this peer does not see them grow: 1 MB for the connection.
        byte[] body = path == AttackedService.MatchStream
            ? [.. Enumerable.Repeat(Smaller, 13).SelectMany(one => one)]
            : Body(path);
        int streams = Math.Min(Streams, 1_000_000 / body.Length);
        for (int i = 0; i < streams; i++)
        {
            await peer.SendAsync(
                Frame.Call(Stream(i), path, more: Headers(path)),
                [.. body.Chunk(Frame.MaxLength).SelectMany(chunk => Frame.Data(Stream(i), chunk))],
                Frame.Data(Stream(i), [], end: IsUnary(path)));
        }

        await Task.Delay(1_500);

        await service.AssertWellAsync();
    }

    [Fact]
    public async Task Pings_WhoseAnswersAreNeverRead_CostNoMemory()
    {
        using RawPeer peer = await RawPeer.ConnectAsync(service.Address, receiveBuffer: 4_096);
        peer.Patience = TimeSpan.FromSeconds(1);
        byte[] thousand = [.. Enumerable.Repeat(Frame.Ping(), 1_000).SelectMany(ping => ping)];
        service.ForgetPeak();

        bool taken = await peer.SendAsync(Frame.Greeting());
        for (int i = 0; taken && i < 2_000; i++)
        {
            taken = await peer.SendAsync(thousand);
        }

        Assert.False(taken);
        Assert.InRange(service.PeakGrowth(), long.MinValue, 64 * 1024 * 1024);
        await service.AssertWellAsync();
    }

    private async Task AssertEndedAsync(string path, int limit, bool withConnection)
    {
        using RawPeer peer = await RawPeer.GreetAsync(service.Address, window: 0);
        var time = Stopwatch.StartNew();

        await peer.SendAsync(
            Frame.Call(1, path, more: Headers(path)),
            [.. Body(path).Chunk(Frame.MaxLength).SelectMany(chunk => Frame.Data(1, chunk))],
            Frame.Data(1, [], end: IsUnary(path)));
        Answer answer = await peer.AnswerAsync(1);

        Assert.InRange(time.ElapsedMilliseconds, limit - 100, limit + (HostilePeers.IsLong ? 4_000 : 16_000));
        Assert.Empty(answer.Content);
        Assert.Equal(withConnection, answer.ConnectionClosed);
        Assert.True(withConnection || answer.Reset is not null || answer.Status is not (null or StatusCode.OK));
        Assert.Equal(!withConnection, await peer.SettleAsync());
    }

    private static int Stream(int index) => (2 * index) + 1;

    private static bool IsUnary(string path) => path != AttackedService.MatchStream;

    private static byte[] Body(string path) => path switch
    {
        AttackedService.Match => Large,
        AttackedService.MatchStream => LargeOfStream,
        _ => Empty,
    };

    private (string Name, string Value)[] Headers(string path) =>
        path == AttackedService.Watch ? [] : [service.Authorization];
}
