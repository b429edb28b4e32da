using System.Net;
using System.Net.Sockets;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>
/// Attacks at a bounded pace. What they send does not depend on what comes back, so that they cost the machine the same
/// whether they are aimed at the service or at a sink.
/// </summary>
public sealed class Attack(AttackedService service)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private static readonly byte[] Bomb = Message.Of(Message.Bomb(60_000_000), flag: 1);

    private static readonly byte[] Nonsense = Message.Of([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);

    private readonly byte[] _platform = Frame.CallBlock(AttackedService.MatchStream, service.Authorization);

    private readonly byte[] _anonymous = Frame.CallBlock(AttackedService.Check, ("grpc-encoding", "gzip"));

    /// <summary>Opens a port that takes whatever comes and answers nothing.</summary>
    public static TcpListener OpenSink(CancellationToken cancellationToken)
    {
        var sink = new TcpListener(IPAddress.Loopback, 0);
        sink.Start();
        _ = TakeAllAsync();
        return sink;

        async Task TakeAllAsync()
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    Socket taken = await sink.AcceptSocketAsync(cancellationToken);
                    _ = DrainAsync(taken, cancellationToken);
                }
                catch (Exception exception) when (exception is OperationCanceledException or SocketException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Attacks a port in all ways at once until it is told to stop.</summary>
    /// <returns>How many streams it opened.</returns>
    public async Task<int> RunAsync(Uri target, CancellationToken cancellationToken)
    {
        int[] opened = await Task.WhenAll(
            RunAsync(target, 10, Reset, cancellationToken),
            RunAsync(target, 1, Whole(_anonymous, Bomb), cancellationToken),
            RunAsync(target, 2, Whole(_anonymous, Nonsense), cancellationToken),
            RunAsync(target, 50, _ => Frame.Ping(), cancellationToken));
        return opened.Take(3).Sum();
    }

    private static async Task<int> RunAsync(
        Uri target, int burst, Func<int, byte[]> make, CancellationToken cancellationToken)
    {
        using var clock = new PeriodicTimer(Pace);
        int opened = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            using RawPeer peer = await RawPeer.GreetAsync(target);
            Task reading = peer.DrainAsync();
            bool taken = true;
            for (int stream = 1; taken && !cancellationToken.IsCancellationRequested; stream += 2 * burst)
            {
                int first = stream;
                taken = await peer.SendAsync([.. Enumerable.Range(0, burst).Select(i => make(first + (2 * i)))]);
                opened += burst;
                await clock.WaitForNextTickAsync(CancellationToken.None);
            }

            peer.Drop();
            await reading;
        }

        return opened;
    }

    private byte[] Reset(int stream) =>
        [.. Frame.Headers(stream, _platform), .. Frame.Data(stream, Nonsense.AsSpan(0, 9)), .. Frame.Reset(stream)];

    private static Func<int, byte[]> Whole(byte[] block, byte[] message) => stream =>
    [
        .. Frame.Headers(stream, block),
        .. message.Chunk(Frame.MaxLength).SelectMany(chunk => Frame.Data(stream, chunk)),
        .. Frame.Data(stream, [], end: true),
    ];

    private static async Task DrainAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        using (socket)
        {
            try
            {
                while (await socket.ReceiveAsync(buffer, cancellationToken) > 0)
                {
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
            }
        }
    }
}
