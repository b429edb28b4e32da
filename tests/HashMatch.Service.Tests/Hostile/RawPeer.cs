using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>
/// A peer that speaks HTTP/2 by hand. Libraries keep the rules, so none can send what these tests send; this one reads
/// only when it is told to.
/// </summary>
public sealed class RawPeer : IDisposable
{
    private const int ReceiveSize = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[ReceiveSize];
    private int _start;
    private int _end;

    // How much more may be sent on the connection.
    private int _window = 65_535;

    // How much may be sent on a new stream.
    private int _streamWindow = 65_535;

    private RawPeer(Socket socket) => _socket = socket;

    /// <summary>How long one step may take.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Why the server ended the connection: the error of its GOAWAY.</summary>
    public uint? GoAway { get; private set; }

    /// <summary>How much the server's window lets pass on the connection, as far as was read.</summary>
    public int Window => _window;

    /// <summary>Connects, and says nothing yet.</summary>
    public static async Task<RawPeer> ConnectAsync(Uri server, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        return new RawPeer(socket);
    }

    /// <summary>Connects and greets as any client does.</summary>
    public static async Task<RawPeer> GreetAsync(Uri server, uint window = 65_535)
    {
        RawPeer peer = await ConnectAsync(server);
        await peer.SendAsync(Frame.Greeting(window));
        return peer;
    }

    /// <summary>Sends bytes, all at once.</summary>
    /// <returns>Whether the connection still took them, in time.</returns>
    public async Task<bool> SendAsync(params byte[][] parts)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            ReadOnlyMemory<byte> rest = parts.Length == 1 ? parts[0] : parts.SelectMany(part => part).ToArray();
            while (rest.Length > 0)
            {
                rest = rest[await _socket.SendAsync(rest, timeout.Token)..];
            }

            return true;
        }
        catch (Exception exception)
            when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    // Null once the server has closed the connection.
    private async Task<Frame?> ReadAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            return await ReadAsync(timeout.Token);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Reads until a stream has ended, in whatever way.</summary>
    public async Task<Answer> AnswerAsync(int stream)
    {
        var answer = new Answer();
        while (!answer.Ended)
        {
            await TakeAsync(stream, answer);
        }

        return answer;
    }

    /// <summary>Sends a whole call, as fast as the server's windows permit, and gives its answer.</summary>
    public async Task<Answer> CallAsync(
        int stream, string path, byte[] body, params (string Name, string Value)[] headers)
    {
        await SendAsync(
            Frame.WindowUpdate(0, 1_000_000),
            Frame.Call(stream, path, more: headers),
            Frame.WindowUpdate(stream, 1_000_000));
        var answer = new Answer();
        int updates = 0;
        int sent = 0;
        foreach (byte[] chunk in body.Chunk(Frame.MaxLength))
        {
            while (!answer.Ended && chunk.Length > Math.Min(_streamWindow + updates - sent, _window))
            {
                updates += await TakeAsync(stream, answer);
            }

            if (answer.Ended)
            {
                return answer;
            }

            await SendAsync(Frame.Data(stream, chunk));
            sent += chunk.Length;
            _window -= chunk.Length;
        }

        await SendAsync(Frame.Data(stream, [], end: true));
        while (!answer.Ended)
        {
            await TakeAsync(stream, answer);
        }

        return answer;
    }

    /// <summary>Reads on, whatever comes, until the connection ends on either side.</summary>
    public async Task DrainAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Reads until the server has closed the connection.</summary>
    /// <returns>The error of its GOAWAY, or null if it said none.</returns>
    public async Task<uint?> ClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }

        return GoAway;
    }

    /// <summary>Waits until the server has worked off what was sent.</summary>
    /// <returns>Whether the connection is still there.</returns>
    public async Task<bool> SettleAsync()
    {
        if (!await SendAsync(Frame.Ping()))
        {
            return false;
        }

        while (await NextAsync() is Frame frame)
        {
            if (frame is { Kind: FrameKind.Ping, Flags: 1 })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the sending half: the other side sees the end of the connection's data.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Drops the connection with a TCP reset.</summary>
    public void Drop()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    // Gives how much more may be sent on the stream.
    private async Task<int> TakeAsync(int stream, Answer answer)
    {
        Frame? frame = await NextAsync();
        if (frame is null)
        {
            answer.Close(GoAway);
        }
        else if (frame.Stream == stream)
        {
            answer.Take(frame);
            return frame.Kind == FrameKind.WindowUpdate ? BinaryPrimitives.ReadInt32BigEndian(frame.Payload) : 0;
        }

        return 0;
    }

    /// <summary>Takes the next frame, answers what a peer must answer, and takes note of the end.</summary>
    public async Task<Frame?> NextAsync()
    {
        Frame? frame = await ReadAsync();
        if (frame is { Kind: FrameKind.GoAway })
        {
            GoAway = BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.AsSpan(4));
        }
        else if (frame is { Kind: FrameKind.WindowUpdate, Stream: 0 })
        {
            _window += BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
        }
        else if (frame is { Kind: FrameKind.Settings, Flags: 0 })
        {
            _streamWindow = frame.Setting(4) ?? _streamWindow;
            await SendAsync(Frame.SettingsTaken());
        }
        else if (frame is { Kind: FrameKind.Ping, Flags: 0 })
        {
            await SendAsync(Frame.Ping(answer: true));
        }

        return frame;
    }

    private async Task<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(Frame.HeadLength, cancellationToken))
        {
            return null;
        }

        int length = (int)(BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start)) >> 8);
        var kind = (FrameKind)_buffer[_start + 3];
        byte flags = _buffer[_start + 4];
        int stream = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 5));
        if (!await FillAsync(Frame.HeadLength + length, cancellationToken))
        {
            return null;
        }

        byte[] payload = _buffer[(_start + Frame.HeadLength)..(_start + Frame.HeadLength + length)];
        _start += Frame.HeadLength + length;
        return new Frame(kind, flags, stream, payload);
    }

    private async Task<bool> FillAsync(int length, CancellationToken cancellationToken)
    {
        if (_start + length > _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < length)
        {
            int read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
