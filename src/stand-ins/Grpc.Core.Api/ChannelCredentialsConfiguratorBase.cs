namespace Grpc.Core;

/// <summary>How a transport learns what channel credentials are. Programs do not use it.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Connections are not encrypted.</summary>
    /// <param name="state">What the transport passed in.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>Connections use TLS.</summary>
    /// <param name="state">What the transport passed in.</param>
    /// <param name="rootCertificates">Trusted authorities in PEM; null for the system's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, if it has one.</param>
    /// <param name="verifyPeerCallback">A further check of the server, if there is one.</param>
    public abstract void SetSslCredentials(
        object? state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>Channel credentials are joined with call credentials.</summary>
    /// <param name="state">What the transport passed in.</param>
    /// <param name="channelCredentials">How connections are secured.</param>
    /// <param name="callCredentials">What goes with every call.</param>
    public abstract void SetCompositeCredentials(
        object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
