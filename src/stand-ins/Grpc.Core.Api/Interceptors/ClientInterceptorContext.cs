namespace Grpc.Core.Interceptors;

/// <summary>A call that a client is about to make, as its interceptors see it.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Describes a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to send, or null for the channel's.</param>
    /// <param name="options">What the client says about the call.</param>
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    /// <summary>The method.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>The authority to send, or null for the channel's.</summary>
    public string? Host { get; }

    /// <summary>What the client says about the call.</summary>
    public CallOptions Options { get; }
}
