using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace HashMatch.Service.Calls;

/// <summary>
/// What is done around the official server's own handling of a method, where no interceptor reaches: the deadline,
/// which runs from the first header, and bytes that are no message.
/// </summary>
internal static class CallFrame
{
    private const string Timeout = "grpc-timeout";
    private const string StatusName = "grpc-status";
    private const string MessageName = "grpc-message";

    /// <summary>Puts the frame around a method; what is not a gRPC method stays as it is.</summary>
    public static void Put(EndpointBuilder endpoint, CallLimits limits)
    {
        if (endpoint.Metadata.OfType<GrpcMethodMetadata>().FirstOrDefault()?.Method is not IMethod method)
        {
            return;
        }

        TimeSpan longest = method.Type != MethodType.Unary ? limits.StreamLife
            : endpoint.Metadata.OfType<BatchAttribute>().Any() ? limits.BatchDeadline
            : limits.UnaryDeadline;
        string timeout = string.Create(CultureInfo.InvariantCulture, $"{(long)longest.TotalMilliseconds}m");
        RequestDelegate handle = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            IHeaderDictionary headers = context.Request.Headers;
            if (!EndsBefore(headers[Timeout].ToString(), longest))
            {
                headers[Timeout] = timeout;
            }

            // A stream that waits for the one message that opens it is not yet known to CallRules, and its deadline is
            // a stream's. Nothing else is read of it, so to stop reading harms none that has begun.
            using CancellationTokenSource? silence =
                method.Type == MethodType.ServerStreaming ? new CancellationTokenSource(limits.StreamIdle) : null;
            await using CancellationTokenRegistration giveUp =
                silence?.Token.Register(context.Request.BodyReader.CancelPendingRead) ?? default;
            await handle(context);
            TellOfUnreadable(
                context.Response,
                silence is { IsCancellationRequested: true }
                    ? Refusals.StreamIdle(limits.StreamIdle)
                    : Refusals.MessageUnreadable());
        };
    }

    // Whether a caller's own deadline is one, and no later than ours. The server would take a malformed one or zero for
    // none at all.
    private static bool EndsBefore(ReadOnlySpan<char> timeout, TimeSpan longest)
    {
        if (timeout.Length is < 2 or > 9
            || !int.TryParse(timeout[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            return false;
        }

        const int NanosecondsPerTick = 100;
        long ticks = timeout[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => value / NanosecondsPerTick,
            _ => 0,
        };
        return ticks > 0 && ticks <= longest.Ticks;
    }

    // The server answers UNKNOWN to bytes that it cannot read as the method's message, and INTERNAL to a message that
    // breaks off or is not the only one. Whatever fails later has got a status from CallRules, whose only INTERNAL is
    // that of a fault.
    private static void TellOfUnreadable(HttpResponse response, RpcException refusal)
    {
        string? given = response.Headers[StatusName];
        if (!response.HasStarted
            && (given == StatusCode.Unknown.ToString("D") || given == StatusCode.Internal.ToString("D"))
            && response.Headers[MessageName] != Refusals.Faulty().Status.Detail)
        {
            response.Headers[StatusName] = refusal.StatusCode.ToString("D");
            response.Headers[MessageName] = refusal.Status.Detail;
        }
    }
}
