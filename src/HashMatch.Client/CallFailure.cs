using System.Globalization;
using Grpc.Core;

namespace HashMatch.Client;

/// <summary>What the end of a stream says about opening it again.</summary>
internal static class CallFailure
{
    private const string PushbackTrailer = "grpc-retry-pushback-ms";

    /// <summary>Whether another attempt may succeed.</summary>
    /// <remarks>
    /// Streams set no deadline of their own: one that is exceeded is the service's for the life of a call.
    /// </remarks>
    public static bool MayPass(RpcException failure) =>
        failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded
        || Pushback(failure) is not null
        || failure.Status.DebugException is HttpProtocolException or { InnerException: HttpProtocolException };

    /// <summary>
    /// How long the service asks to wait; null if it does not say, or says (with what is no such number) not to return.
    /// </summary>
    public static TimeSpan? Pushback(RpcException failure) =>
        int.TryParse(
            failure.Trailers.GetValue(PushbackTrailer),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
