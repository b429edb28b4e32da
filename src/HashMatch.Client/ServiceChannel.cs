using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>Opens the connection to a service, and says which calls over it are repeated by themselves.</summary>
/// <remarks>
/// All calls but the streams are safe to repeat and are, when they end with <see cref="StatusCode.Unavailable"/>
/// or when the service asks for it with <c>grpc-retry-pushback-ms</c>: after the pause that it names, else after random
/// ones of up to 0.2, 0.4, 0.8 and 1 second. Nothing else is repeated. A call's deadline covers all its attempts.
/// </remarks>
internal static class ServiceChannel
{
    /// <summary>How long a call may take with all its attempts.</summary>
    /// <remarks>
    /// The service itself gives an attempt 15 seconds at most; that a silent connection is lost is known after 50.
    /// </remarks>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    // A service that nobody listens for is given up within 2.4 seconds. The client library allows no more attempts.
    private const int MaxAttempts = 5;

    /// <summary>Prepares the channel. Nothing is sent yet.</summary>
    /// <param name="server">The service's gRPC address.</param>
    public static GrpcChannel To(Uri server)
    {
        // HTTP/2 without TLS does not pass a proxy, and what is meant for this computer must not go to another one.
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseProxy = server.Scheme == Uri.UriSchemeHttps && !server.IsLoopback,

            // For each attempt: enough for two lost packets on a slow line.
            ConnectTimeout = TimeSpan.FromSeconds(5),

            // A service that vanished without a word is noticed by a ping that nobody answers.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        return GrpcChannel.ForAddress(
            server,
            new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = true,

                // Between attempts to connect, during which every call fails at once. The usual 1 second to 2 minutes
                // would outlast the calls' own attempts, and a service that is back would not be noticed.
                InitialReconnectBackoff = TimeSpan.FromSeconds(0.2),
                MaxReconnectBackoff = TimeSpan.FromSeconds(2),
                ServiceConfig = new ServiceConfig
                {
                    MethodConfigs = { Repeatable() },

                    // After ten failures in a row calls are not repeated until enough of them succeed: a service in
                    // trouble is not to get five times the calls.
                    RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 20, TokenRatio = 0.1 },
                },
            });
    }

    private static MethodConfig Repeatable() => new()
    {
        Names =
        {
            new MethodName { Service = CaseService.Descriptor.FullName },
            new MethodName { Service = MatchService.Descriptor.FullName, Method = "Match" },
            new MethodName { Service = OutcomeService.Descriptor.FullName, Method = "Report" },
            new MethodName { Service = FeedService.Descriptor.FullName, Method = "GetCheckpoint" },
            new MethodName { Service = FeedService.Descriptor.FullName, Method = "GetKeys" },
            new MethodName { Service = FeedService.Descriptor.FullName, Method = "Fetch" },
            new MethodName { Service = FeedService.Descriptor.FullName, Method = "Acknowledge" },
        },
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = MaxAttempts,
            InitialBackoff = TimeSpan.FromSeconds(0.2),
            MaxBackoff = TimeSpan.FromSeconds(1),
            BackoffMultiplier = 2,

            // The client library repeats a call with a pushback whatever its status is.
            RetryableStatusCodes = { StatusCode.Unavailable },
        },
    };
}
