using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HashMatch.Service.Tests.Registry;

/// <summary>A line between the service and PostgreSQL that breaks exactly at a commit, before it or after it.</summary>
/// <remarks>
/// It reads as much of the protocol (PostgreSQL's documentation, "Message Formats") as tells one message from the next:
/// a type and a length, but for a client's first message, which has no type. Npgsql sends COMMIT as a simple query.
/// </remarks>
public sealed class CommitCutter : IAsyncDisposable
{
    private const byte SimpleQuery = (byte)'Q';
    private const byte CommandComplete = (byte)'C';

    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Task _accepting;
    private int _wish;

    public CommitCutter(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    private enum Wish
    {
        None,
        CutBefore,
        CutAfter,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Has the next commit not reach the server.</summary>
    public void CutBeforeCommit() => Volatile.Write(ref _wish, (int)Wish.CutBefore);

    /// <summary>Has the next commit reach the server, and its answer not come back.</summary>
    public void CutAfterCommit() => Volatile.Write(ref _wish, (int)Wish.CutAfter);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            client.NoDelay = true;
            var server = new TcpClient { NoDelay = true };
            await server.ConnectAsync(IPAddress.Loopback, _target);
            var line = new Line(client, server);
            _ = GuardAsync(line, () => CopyRequestsAsync(line));
            _ = GuardAsync(line, () => CopyAnswersAsync(line));
        }
    }

    private static async Task GuardAsync(Line line, Func<Task> copyAsync)
    {
        try
        {
            await copyAsync();
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side ended it, or we did.
        }

        line.Client.Dispose();
        line.Server.Dispose();
    }

    private async Task CopyRequestsAsync(Line line)
    {
        NetworkStream source = line.Client.GetStream();
        NetworkStream target = line.Server.GetStream();
        await target.WriteAsync(await ReadAsync(source, typeSize: 0));
        while (true)
        {
            byte[] message = await ReadAsync(source, typeSize: 1);
            if (message[0] == SimpleQuery && message.AsSpan(5).SequenceEqual(Commit))
            {
                var wish = (Wish)Interlocked.Exchange(ref _wish, (int)Wish.None);
                if (wish == Wish.CutBefore)
                {
                    Cuts++;
                    return;
                }

                line.CutsNextAnswer = wish == Wish.CutAfter;
            }

            await target.WriteAsync(message);
        }
    }

    private async Task CopyAnswersAsync(Line line)
    {
        NetworkStream source = line.Server.GetStream();
        NetworkStream target = line.Client.GetStream();
        while (true)
        {
            byte[] message = await ReadAsync(source, typeSize: 1);
            if (line.CutsNextAnswer && message[0] == CommandComplete)
            {
                Cuts++;
                return;
            }

            await target.WriteAsync(message);
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream source, int typeSize)
    {
        byte[] head = new byte[typeSize + sizeof(int)];
        await source.ReadExactlyAsync(head);
        byte[] message = new byte[typeSize + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(typeSize))];
        head.CopyTo(message, 0);
        await source.ReadExactlyAsync(message.AsMemory(head.Length));
        return message;
    }

    private sealed class Line(TcpClient client, TcpClient server)
    {
        private volatile bool _cutsNextAnswer;

        public TcpClient Client => client;

        public TcpClient Server => server;

        public bool CutsNextAnswer
        {
            get => _cutsNextAnswer;
            set => _cutsNextAnswer = value;
        }
    }
}
