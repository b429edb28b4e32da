namespace Grpc.Core;

/// <summary>Credentials that go with each call, such as a token in a header.</summary>
public abstract class CallCredentials
{
    /// <summary>Joins credentials into one that applies them in order.</summary>
    /// <param name="credentials">Two or more credentials.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2)
        {
            throw new ArgumentException("Two or more credentials are needed.", nameof(credentials));
        }

        return new Composite([.. credentials]);
    }

    /// <summary>Makes credentials of a function that adds headers.</summary>
    /// <param name="interceptor">The function.</param>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return new Intercepting(interceptor);
    }

    /// <summary>Tells a transport what these credentials are. Programs do not call it.</summary>
    /// <param name="configurator">Is told.</param>
    /// <param name="state">Is handed to <paramref name="configurator"/>.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class Composite(IReadOnlyList<CallCredentials> credentials) : CallCredentials
    {
        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state)
        {
            configurator.SetCompositeCredentials(state, credentials);
        }
    }

    private sealed class Intercepting(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state)
        {
            configurator.SetAsyncAuthInterceptorCredentials(state, interceptor);
        }
    }
}
