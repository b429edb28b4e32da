using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HashMatch.Service.Tests.Interop;

/// <summary>
/// Looks at the flag before a call's first message. The server inflates a message before anybody sees it, and the
/// header "grpc-encoding" only says what a message with the flag would be compressed with.
/// </summary>
internal static class FirstMessage
{
    private static readonly object Flag = new();

    /// <summary>Keeps the flag of a unary call for <see cref="IsCompressed"/>.</summary>
    public static async Task KeepFlagAsync(HttpContext context, RequestDelegate next)
    {
        // The other calls may answer before they are sent anything, so they are not waited for.
        if (context.Request.Path.Value!.EndsWith("/UnaryCall", StringComparison.Ordinal))
        {
            ReadResult read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            context.Items[Flag] = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == 1;
            context.Request.BodyReader.AdvanceTo(read.Buffer.Start);
        }

        await next(context);
    }

    public static bool IsCompressed(HttpContext context) => context.Items[Flag] is true;
}
