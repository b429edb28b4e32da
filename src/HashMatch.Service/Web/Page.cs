using HashMatch.Web;

namespace HashMatch.Service.Web;

/// <summary>The page for people at risk, held in memory: a file of it never changes while the service runs.</summary>
public sealed class Page
{
    private const string Compressed = ".br";
    private const string Html = "text/html; charset=utf-8";

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = Html,
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Dictionary<string, byte[]> _files =
        PageFiles.Paths.ToDictionary(path => "/" + path, PageFiles.Read, StringComparer.Ordinal);

    /// <summary>Whether there is one: the service can be built without Node.js, which builds the page.</summary>
    public bool IsBuilt => _files.Count > 0;

    /// <summary>The paths at which it is served, from the root on.</summary>
    public IEnumerable<string> Paths => _files.Keys.Where(path => !path.EndsWith(Compressed, StringComparison.Ordinal));

    /// <summary>Answers with one file.</summary>
    public async Task SendAsync(HttpContext context, string path)
    {
        HttpResponse response = context.Response;
        PageHeaders.Add(response.Headers);
        response.ContentType = ContentTypes[Path.GetExtension(path)];
        response.Headers.Vary = "Accept-Encoding";
        byte[] content = _files[path];
        if (_files.TryGetValue(path + Compressed, out byte[]? compressed) && TakesBrotli(context.Request))
        {
            response.Headers.ContentEncoding = "br";
            content = compressed;
        }

        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    /// <summary>Answers in the place of a page that was not built.</summary>
    public static async Task SendMissingAsync(HttpContext context)
    {
        PageHeaders.Add(context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = ContentTypes[".txt"];
        await context.Response.WriteAsync(
            "The page is not part of this build: it is built with Node.js 18 or later, which was not there. "
            + "Install it and build the service again. Everything else works.\n",
            context.RequestAborted);
    }

    private static bool TakesBrotli(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);
}
