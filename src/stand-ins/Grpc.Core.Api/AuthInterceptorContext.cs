namespace Grpc.Core;

/// <summary>Which call asks for credentials.</summary>
public class AuthInterceptorContext
{
    /// <summary>Makes a context without cancellation.</summary>
    /// <param name="serviceUrl">The address of the service.</param>
    /// <param name="methodName">The method.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Makes a context.</summary>
    /// <param name="serviceUrl">The address of the service.</param>
    /// <param name="methodName">The method.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>The address of the service.</summary>
    public string ServiceUrl { get; }

    /// <summary>The method.</summary>
    public string MethodName { get; }

    /// <summary>Ends with the call.</summary>
    public CancellationToken CancellationToken { get; }
}
