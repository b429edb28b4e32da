using Grpc.Net.Client;

namespace HashMatch.Client;

/// <summary>Opens the connection to a service.</summary>
internal static class ServiceChannel
{
    /// <summary>Prepares the channel. Nothing is sent yet.</summary>
    /// <param name="server">The service's gRPC address.</param>
    public static GrpcChannel To(Uri server)
    {
        // HTTP/2 without TLS does not pass a proxy, and what is meant for this computer must not go to another one.
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseProxy = server.Scheme == Uri.UriSchemeHttps && !server.IsLoopback,
        };
        return GrpcChannel.ForAddress(
            server, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
