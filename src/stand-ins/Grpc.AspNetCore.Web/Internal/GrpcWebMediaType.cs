using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>The media types of gRPC-Web with protobuf messages, with or without saying "+proto".</summary>
internal static class GrpcWebMediaType
{
    /// <summary>What the gRPC server takes and answers.</summary>
    public const string Grpc = "application/grpc";

    private const string Binary = "application/grpc-web";
    private const string BinaryProto = "application/grpc-web+proto";
    private const string Text = "application/grpc-web-text";
    private const string TextProto = "application/grpc-web-text+proto";

    /// <summary>The media type of an answer.</summary>
    public static string Of(GrpcWebMode mode) => mode == GrpcWebMode.Binary ? BinaryProto : TextProto;

    /// <summary>Reads the header of a request's content.</summary>
    /// <returns>The mode, or null if it is not gRPC-Web.</returns>
    public static GrpcWebMode? Parse(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) ? ModeOf(type) : null;

    /// <summary>Reads the header that says which answers are accepted.</summary>
    /// <returns>The first mode it names, or null if it names none.</returns>
    public static GrpcWebMode? ParseAccepted(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? types)
            ? types.Select(ModeOf).FirstOrDefault(mode => mode is not null)
            : null;

    private static GrpcWebMode? ModeOf(MediaTypeHeaderValue type) => type.MediaType switch
    {
        { } name when Is(name, Binary) || Is(name, BinaryProto) => GrpcWebMode.Binary,
        { } name when Is(name, Text) || Is(name, TextProto) => GrpcWebMode.Text,
        _ => null,
    };

    private static bool Is(StringSegment name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
