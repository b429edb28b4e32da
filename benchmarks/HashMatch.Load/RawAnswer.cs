using System.Net;

namespace HashMatch.Load;

/// <summary>All that a server answers to one call, but the date, as text that can be compared.</summary>
internal static class RawAnswer
{
    /// <summary>Makes one call as the load's are: HTTP/2 without TLS, the same headers and body.</summary>
    /// <returns>The status, headers, body and trailers, one a line.</returns>
    public static async Task<string> OfAsync(Uri server, Question question)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, Question.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(question.Body),
        };
        foreach ((string name, string value) in Question.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return string.Join(
            '\n',
            [
                $"HTTP {response.Version}, status {(int)response.StatusCode}",
                .. Lines("header", response.Headers.Concat(response.Content.Headers)),
                $"body {Convert.ToHexString(body)}",
                .. Lines("trailer", response.TrailingHeaders),
            ]);
    }

    private static IEnumerable<string> Lines(string kind, IEnumerable<KeyValuePair<string, IEnumerable<string>>> fields)
        => fields.Where(field => !field.Key.Equals("date", StringComparison.OrdinalIgnoreCase))
            .Select(field => $"{kind} {field.Key.ToLowerInvariant()}: {string.Join(", ", field.Value)}")
            .Order(StringComparer.Ordinal);
}
