namespace Grpc.Core;

/// <summary>How a channel secures its connections, and what goes with each of its calls.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No encryption at all.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the system's trusted authorities.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Joins channel credentials with call credentials that go with every call.</summary>
    /// <param name="channelCredentials">How connections are secured.</param>
    /// <param name="callCredentials">What goes with every call.</param>
    /// <remarks>Whether a combination is allowed is for the transport to say, when the channel is made.</remarks>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return new CompositeCredentials(channelCredentials, callCredentials);
    }

    /// <summary>Tells a transport what these credentials are. Programs do not call it.</summary>
    /// <param name="configurator">Is told.</param>
    /// <param name="state">Is handed to <paramref name="configurator"/>.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(
            ChannelCredentialsConfiguratorBase configurator, object? state)
        {
            configurator.SetInsecureCredentials(state);
        }
    }

    private sealed class CompositeCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials)
        : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(
            ChannelCredentialsConfiguratorBase configurator, object? state)
        {
            configurator.SetCompositeCredentials(state, channelCredentials, callCredentials);
        }
    }
}
