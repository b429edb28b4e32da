namespace Grpc.AspNetCore.Web;

/// <summary>Keeps the service or the method from answering gRPC-Web, whatever the default.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DisableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    /// <summary>Always false.</summary>
    bool IGrpcWebEnabledMetadata.GrpcWebEnabled => false;
}
