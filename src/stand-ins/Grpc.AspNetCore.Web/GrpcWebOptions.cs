namespace Microsoft.AspNetCore.Builder;

/// <summary>How gRPC-Web is served.</summary>
public class GrpcWebOptions
{
    /// <summary>Whether endpoints that say nothing themselves answer gRPC-Web; false unless set.</summary>
    public bool DefaultEnabled { get; set; }
}
