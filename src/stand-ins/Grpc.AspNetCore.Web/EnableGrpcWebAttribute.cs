namespace Grpc.AspNetCore.Web;

/// <summary>Has the service or the method answer gRPC-Web, whatever the default.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class EnableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    /// <summary>Always true.</summary>
    bool IGrpcWebEnabledMetadata.GrpcWebEnabled => true;
}
