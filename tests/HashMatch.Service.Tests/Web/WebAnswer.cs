using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace HashMatch.Service.Tests.Web;

/// <summary>A whole answer as a gRPC-Web client sees it, taken apart by hand.</summary>
/// <param name="MediaType">
/// The answer's content type with its format, which is "+proto" if it is not said; null if there is none.
/// </param>
/// <param name="Messages">The data frames' content.</param>
/// <param name="Trailers">The last frame's lines, or the headers if the call ended in its headers.</param>
/// <param name="HasTrailerFrame">Whether there was such a frame.</param>
public sealed record WebAnswer(
    string? MediaType,
    IReadOnlyList<byte[]> Messages,
    ILookup<string, string> Trailers,
    bool HasTrailerFrame)
{
    public string? Status => Trailers["grpc-status"].SingleOrDefault();

    public static async Task<WebAnswer> ReadAsync(HttpResponseMessage response)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        string? type = response.Content.Headers.ContentType?.MediaType;
        if (type?.Contains("-text", StringComparison.Ordinal) == true)
        {
            body = FromBase64(Encoding.ASCII.GetString(body));
        }

        ILookup<string, string> headers = response.Headers
            .SelectMany(header => header.Value.Select(value => (header.Key, value)))
            .ToLookup(pair => pair.Key, pair => pair.value);
        return Parse(type is null || type.Contains('+') ? type : type + "+proto", body, headers);
    }

    public T Message<T>(int index = 0)
        where T : IMessage<T>, new() => new MessageParser<T>(() => new T()).ParseFrom(Messages[index]);

    /// <summary>Decodes text in which padding may stand anywhere.</summary>
    public static byte[] FromBase64(string text) =>
        [.. text.Chunk(4).SelectMany(group => Convert.FromBase64CharArray(group, 0, group.Length))];

    private static WebAnswer Parse(string? type, byte[] body, ILookup<string, string> headers)
    {
        List<byte[]> messages = [];
        ILookup<string, string>? trailers = null;
        for (int start = 0; start < body.Length;)
        {
            Assert.Null(trailers);
            byte flag = body[start];
            int length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(start + 1));
            byte[] content = body[(start + 5)..(start + 5 + length)];
            start += 5 + length;
            if (flag == 0x80)
            {
                trailers = Lines(content);
            }
            else
            {
                Assert.Equal(0, flag);
                messages.Add(content);
            }
        }

        return new WebAnswer(type, messages, trailers ?? headers, trailers is not null);
    }

    private static ILookup<string, string> Lines(byte[] content) => Encoding.ASCII.GetString(content)
        .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(": ", 2))
        .ToLookup(parts => parts[0], parts => parts[1]);
}
