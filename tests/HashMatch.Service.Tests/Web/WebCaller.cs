using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;

namespace HashMatch.Service.Tests.Web;

/// <summary>Makes gRPC-Web requests by hand and sends them over HTTP/1.1.</summary>
public sealed class WebCaller(Uri server) : IDisposable
{
    public const string Binary = "application/grpc-web+proto";
    public const string Text = "application/grpc-web-text+proto";

    private readonly HttpClient _http = new() { BaseAddress = server };

    /// <summary>A message in its frame.</summary>
    public static byte[] Frame(IMessage message)
    {
        byte[] frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.ToByteArray().CopyTo(frame, 5);
        return frame;
    }

    /// <summary>A request; its body is encoded if the type is a text type.</summary>
    public static HttpRequestMessage Request(string method, byte[] body, string type = Binary)
    {
        byte[] sent = type.Contains("-text", StringComparison.Ordinal)
            ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body))
            : body;
        return Raw(method, new ByteArrayContent(sent), type);
    }

    /// <summary>A request with a body as it is given.</summary>
    public static HttpRequestMessage Raw(string method, HttpContent content, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, method) { Content = content };
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("X-Grpc-Web", "1");
        return request;
    }

    public async Task<WebAnswer> CallAsync(string method, IMessage message, string type = Binary) =>
        await CallAsync(Request(method, Frame(message), type));

    public async Task<WebAnswer> CallAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return await WebAnswer.ReadAsync(response);
    }

    /// <summary>Sends a request and gives the answer as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    public void Dispose() => _http.Dispose();
}
