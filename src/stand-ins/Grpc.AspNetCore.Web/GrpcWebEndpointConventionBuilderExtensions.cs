using Grpc.AspNetCore.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Says of endpoints whether they answer gRPC-Web.</summary>
public static class GrpcWebEndpointConventionBuilderExtensions
{
    /// <summary>Has the endpoints answer gRPC-Web, whatever the default.</summary>
    /// <typeparam name="TBuilder">What endpoints are mapped with.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <returns>The same endpoints.</returns>
    /// <exception cref="ArgumentNullException">There are no endpoints.</exception>
    public static TBuilder EnableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Mark(builder, new EnableGrpcWebAttribute());

    /// <summary>Keeps the endpoints from answering gRPC-Web, whatever the default.</summary>
    /// <typeparam name="TBuilder">What endpoints are mapped with.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <returns>The same endpoints.</returns>
    /// <exception cref="ArgumentNullException">There are no endpoints.</exception>
    public static TBuilder DisableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Mark(builder, new DisableGrpcWebAttribute());

    private static TBuilder Mark<TBuilder>(TBuilder builder, IGrpcWebEnabledMetadata metadata)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
