using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

/// <summary>Answers every call at once, and writes down which calls came with which host and headers.</summary>
internal sealed class RecordingCallInvoker : CallInvoker
{
    private static readonly Task<Metadata> NoHeaders = Task.FromResult(Metadata.Empty);

    public List<string> Calls { get; } = [];

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Record("blocking", host, options);
        return (TResponse)(object)request;
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Record("unary", host, options);
        return new AsyncUnaryCall<TResponse>(
            Task.FromResult((TResponse)(object)request), NoHeaders, Success, Empty, Nothing);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Record("server", host, options);
        return new AsyncServerStreamingCall<TResponse>(null!, NoHeaders, Success, Empty, Nothing);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Record("client", host, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(null!, null!, NoHeaders, Success, Empty, Nothing);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Record("duplex", host, options);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(null!, null!, NoHeaders, Success, Empty, Nothing);
    }

    private static Status Success()
    {
        return Status.DefaultSuccess;
    }

    private static Metadata Empty()
    {
        return Metadata.Empty;
    }

    private static void Nothing()
    {
    }

    private void Record(string kind, string? host, CallOptions options)
    {
        string headers = string.Join(',', (options.Headers ?? Metadata.Empty).Select(entry => entry.Key));
        Calls.Add($"{kind} {host ?? "-"} {headers}".TrimEnd());
    }
}
