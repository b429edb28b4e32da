namespace Grpc.AspNetCore.Web;

/// <summary>Says of an endpoint whether it answers gRPC-Web; it goes before the default.</summary>
public interface IGrpcWebEnabledMetadata
{
    /// <summary>Whether the endpoint answers gRPC-Web.</summary>
    bool GrpcWebEnabled { get; }
}
