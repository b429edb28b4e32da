using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>Shows gRPC-Web calls to the gRPC server as calls over HTTP/2, and its answers to the caller.</summary>
internal sealed class GrpcWebMiddleware(RequestDelegate next, IOptions<GrpcWebOptions> options)
{
    private const string Http2 = "HTTP/2";

    private readonly bool _defaultEnabled = options.Value.DefaultEnabled;

    /// <summary>Serves one request; all but gRPC-Web for an endpoint that answers it passes as it is.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        bool enabled = context.GetEndpoint()?.Metadata.GetMetadata<IGrpcWebEnabledMetadata>()?.GrpcWebEnabled
            ?? _defaultEnabled;
        return enabled
            && HttpMethods.IsPost(context.Request.Method)
            && GrpcWebMediaType.Parse(context.Request.ContentType) is { } sent
                ? ServeAsync(context, sent, GrpcWebMediaType.ParseAccepted(context.Request.Headers.Accept) ?? sent)
                : next(context);
    }

    private async Task ServeAsync(HttpContext context, GrpcWebMode sent, GrpcWebMode answered)
    {
        string protocol = context.Request.Protocol;
        string? contentType = context.Request.ContentType;
        using var exchange = new GrpcWebExchange(context, sent, answered);

        // Kestrel writes the answer as this protocol, so it must be the real one again by then. What is registered
        // first runs last, when the gRPC server has set its content type.
        context.Response.OnStarting(() =>
        {
            context.Request.Protocol = protocol;
            if (context.Response.ContentType?.StartsWith(GrpcWebMediaType.Grpc, StringComparison.Ordinal) == true)
            {
                context.Response.ContentType = GrpcWebMediaType.Of(answered);
            }

            return Task.CompletedTask;
        });
        context.Request.Protocol = Http2;
        context.Request.ContentType = GrpcWebMediaType.Grpc;
        try
        {
            await next(context);
            await exchange.FinishAsync();
        }
        finally
        {
            context.Request.Protocol = protocol;
            context.Request.ContentType = contentType;
        }
    }
}
