using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HashMatch.Web;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Web;

/// <summary>The page for people at risk, held in memory: a file of it never changes while the service runs.</summary>
public sealed partial class Page
{
    /// <summary>Where the digests of all files are published.</summary>
    public const string IntegrityPath = "/integrity.json";

    private const string Compressed = ".br";
    private const int MaxHelpBytes = 262_144;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Dictionary<string, byte[]> _files =
        PageFiles.Paths.ToDictionary(path => "/" + path, PageFiles.Read, StringComparer.Ordinal);

    /// <summary>Reads the files, and the operator's own help.</summary>
    /// <exception cref="InvalidOperationException">A file of help cannot be used; it says which and why.</exception>
    public Page(IOptions<WebOptions> options)
    {
        if (IsBuilt && options.Value.HelpPath is { Length: > 0 } folder)
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            {
                string path = "/help/" + Path.GetFileName(file);
                _files[path] = ReadHelp(file);
                _files.Remove(path + Compressed);
            }

            _files.Remove(IntegrityPath + Compressed);
            _files[IntegrityPath] = JsonSerializer.SerializeToUtf8Bytes(Digests(), Indented);
        }
    }

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

    private static byte[] ReadHelp(string file)
    {
        if (!HelpName().IsMatch(Path.GetFileName(file)))
        {
            throw new InvalidOperationException(
                $"Web:HelpPath holds {Path.GetFileName(file)}: names are of small letters, digits, dots and hyphens.");
        }

        byte[] content = File.ReadAllBytes(file);
        try
        {
            if (content.Length <= MaxHelpBytes && JsonNode.Parse(content) is not null)
            {
                return content;
            }
        }
        catch (JsonException)
        {
            // Said below, with the rest.
        }

        throw new InvalidOperationException(
            $"Web:HelpPath holds {Path.GetFileName(file)}, which is no JSON of at most {MaxHelpBytes} bytes.");
    }

    // As the build of the page writes them.
    private SortedDictionary<string, string> Digests() => new(
        Paths.Where(path => path != IntegrityPath).ToDictionary(
            path => path, path => "sha384-" + Convert.ToBase64String(SHA384.HashData(_files[path]))),
        StringComparer.Ordinal);

    private static bool TakesBrotli(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*\\.json$")]
    private static partial Regex HelpName();
}
