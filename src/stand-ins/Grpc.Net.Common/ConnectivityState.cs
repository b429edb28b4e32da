namespace Grpc.Core;

/// <summary>How a channel's connection is.</summary>
public enum ConnectivityState
{
    /// <summary>Not connected, and not trying to be.</summary>
    Idle,

    /// <summary>On the way to a connection.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>The last attempt failed; another follows.</summary>
    TransientFailure,

    /// <summary>The channel has ended for good.</summary>
    Shutdown,
}
