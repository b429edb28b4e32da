using System.Net;
using System.Net.Sockets;

namespace HashMatch.Service.Tests.Retries;

/// <summary>A line between a client and a service on which answers can get lost.</summary>
public sealed class CuttingRelay : IAsyncDisposable
{
    private readonly Uri _service;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private readonly Task _accepting;
    private volatile bool _losesAnswers;

    public CuttingRelay(Uri service)
    {
        _service = service;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>From now on requests get through and answers do not.</summary>
    public void LoseAnswers() => _losesAnswers = true;

    /// <summary>Cuts every connection; what connects afterwards gets through both ways.</summary>
    public void Cut()
    {
        lock (_ends)
        {
            _losesAnswers = false;
            _ends.ForEach(end => end.Dispose());
            _ends.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
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

            var service = new TcpClient();
            await service.ConnectAsync(_service.Host, _service.Port);
            lock (_ends)
            {
                _ends.AddRange([client, service]);
            }

            _ = CopyAsync(client, service, isAnswer: false);
            _ = CopyAsync(service, client, isAnswer: true);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool isAnswer)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            NetworkStream source = from.GetStream();
            NetworkStream target = to.GetStream();
            while (await source.ReadAsync(buffer) is int count and > 0)
            {
                if (!isAnswer || !_losesAnswers)
                {
                    await target.WriteAsync(buffer.AsMemory(0, count));
                }
            }
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side ended it.
        }

        from.Dispose();
        to.Dispose();
    }
}
