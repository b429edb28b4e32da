namespace Grpc.Core;

/// <summary>Says whether a server that TLS itself trusts will do.</summary>
/// <param name="context">Whose certificate it is.</param>
/// <returns>Whether the connection may be used.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
