namespace Grpc.AspNetCore.Web.Internal;

/// <summary>How a body is written.</summary>
internal enum GrpcWebMode
{
    /// <summary>The frames as they are.</summary>
    Binary,

    /// <summary>The frames in base64.</summary>
    Text,
}
