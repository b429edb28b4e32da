using Grpc.AspNetCore.Web;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets gRPC-Web up.</summary>
public static class GrpcWebServiceExtensions
{
    /// <summary>Sets the options that the middleware uses when it is given none of its own.</summary>
    /// <param name="services">What is added to.</param>
    /// <param name="configureOptions">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">There are no services.</exception>
    public static IServiceCollection AddGrpcWeb(
        this IServiceCollection services, Action<GrpcWebOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Configure(configureOptions);
    }
}
