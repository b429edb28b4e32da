namespace Grpc.Core;

/// <summary>How a transport learns what call credentials are. Programs do not use it.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>The credentials are a function.</summary>
    /// <param name="state">What the transport passed in.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);

    /// <summary>The credentials are several, to be applied in order.</summary>
    /// <param name="state">What the transport passed in.</param>
    /// <param name="credentials">The credentials.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);
}
