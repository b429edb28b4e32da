namespace Grpc.Core;

/// <summary>TLS, with authorities, a client certificate and a check of the server as the program wishes.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>TLS with the system's trusted authorities.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with authorities of the program's choice.</summary>
    /// <param name="rootCertificates">The authorities in PEM; null for the system's.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with a client certificate.</summary>
    /// <param name="rootCertificates">The authorities in PEM; null for the system's.</param>
    /// <param name="keyCertificatePair">The client's certificate and key; null for none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with a client certificate and a further check of the server.</summary>
    /// <param name="rootCertificates">The authorities in PEM; null for the system's.</param>
    /// <param name="keyCertificatePair">The client's certificate and key; null for none.</param>
    /// <param name="verifyPeerCallback">
    /// Says whether a server that is otherwise trusted will do; null for no check.
    /// </param>
    public SslCredentials(
        string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>The authorities in PEM; null for the system's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's certificate and key; null for none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
    {
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
    }
}
