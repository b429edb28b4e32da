using Grpc.AspNetCore.Web.Internal;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts gRPC-Web into the pipeline.</summary>
public static class GrpcWebApplicationBuilderExtensions
{
    /// <summary>Answers gRPC-Web where an endpoint says so.</summary>
    /// <param name="builder">The pipeline; its routing must stand before this.</param>
    /// <returns>The same pipeline.</returns>
    /// <exception cref="ArgumentNullException">There is no pipeline.</exception>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseMiddleware<GrpcWebMiddleware>();
    }

    /// <summary>Answers gRPC-Web as these options say.</summary>
    /// <param name="builder">The pipeline; its routing must stand before this.</param>
    /// <param name="options">The options.</param>
    /// <returns>The same pipeline.</returns>
    /// <exception cref="ArgumentNullException">There is no pipeline, or there are no options.</exception>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder, GrpcWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseMiddleware<GrpcWebMiddleware>(Options.Create(options));
    }
}
