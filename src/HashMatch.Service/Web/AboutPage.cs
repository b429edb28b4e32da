using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Web;

/// <summary>What the service says of itself to platforms and to whoever comes by: <c>/about</c>.</summary>
public sealed class AboutPage(
    Page page,
    IDbContextFactory<HashMatchDb> databases,
    IOptions<WebOptions> options,
    TimeProvider clock,
    ILogger<AboutPage> logger)
{
    private const int Few = 1_000;
    private const string Licences = "/licences.txt";
    private const string RetryAfterSeconds = "60";

    private readonly Lock _telling = new();
    private volatile Told? _told;

    /// <summary>Answers with the page; while storage does not work, with all of it but the list's size.</summary>
    public async Task SendAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        string list;
        try
        {
            list = $"It holds {await SizeAsync(context.RequestAborted)} fingerprints.";
        }
        catch (Exception exception) when (exception is DbException or SocketException or InvalidOperationException
            or TimeoutException or IOException && StorageFailure.Is(exception))
        {
            // Only the kind is told: a database's own words may repeat the values.
            logger.StorageFailed(exception.GetType().Name);
            list = "The service cannot reach its list at the moment. Nothing is lost; please try again later.";
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        PageHeaders.Add(response.Headers);
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(Write(list), Encoding.UTF8, context.RequestAborted);
    }

    /// <summary>
    /// Says a number in two digits, of which chance decides the second: who adds or takes away entries one by one
    /// must not see when it changes.
    /// </summary>
    internal static string Round(long count)
    {
        long unit = Few;
        while (count / unit >= 100)
        {
            unit *= 10;
        }

        long rounded = (count + RandomNumberGenerator.GetInt32((int)unit)) / unit * unit;
        return string.Create(
            CultureInfo.InvariantCulture, $"{(rounded == 0 ? "fewer than" : "about")} {Math.Max(rounded, Few):N0}");
    }

    // Looked at once a week: from many looks the chance could be reckoned out, and nobody needs to ask the database.
    private async Task<string> SizeAsync(CancellationToken cancellationToken)
    {
        DateOnly week = ReportedOutcome.Monday(clock.Today());
        Told? told = _told;
        if (told?.Week != week)
        {
            await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
            long live = await db.FeedHeads.Select(head => head.LiveCount).SingleAsync(cancellationToken);
            lock (_telling)
            {
                // Of many who ask at once the first decides, for all.
                _told = _told?.Week == week ? _told : new Told(week, Round(live));
                told = _told;
            }
        }

        return told.Size;
    }

    private string Write(string list)
    {
        WebOptions web = options.Value;
        return $"""
            <!doctype html>
            <html lang="en">
              <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>About this service</title>
                <link rel="stylesheet" href="/about.css">
              </head>
              <body>
                <main>
                  <h1>About this service</h1>
                  <p>This is a HashMatch service. A person whose intimate picture is being used against them registers
                    its fingerprint here, a number of 256 bits that is made on their own device. The picture itself
                    never leaves the device. Platforms compare what is uploaded to them with the list.</p>
                  <h2>The list</h2>
                  <p>{list} A match is advice to a human reviewer, never proof.</p>
                  <h2>Who runs it</h2>
                  <p>{(web.Operator.Length > 0 ? Text(web.Operator) : "The operator has not said who they are.")}</p>
                  <h2>Policies</h2>
                  <p>Nobody is identified: no account, no cookie, no address is kept. Whoever registered a picture can
                    withdraw it at any time; it stops matching at once. {Policies(web.Policies)}</p>
                  <h2>Reporting abuse</h2>
                  <p>{Abuse(web.AbuseContact)}</p>
                  <h2>For platforms</h2>
                  <p>Access to the match API and to mirrors of the list is given by the operator, by key.</p>
                  <p><a href="/">To the page for people at risk</a></p>
                  {(page.IsBuilt ? $"<p>{Link(Licences, "Licences of what the page is made of")}</p>" : "")}
                </main>
              </body>
            </html>
            """;
    }

    private static string Policies(string address) =>
        address.Length > 0 ? $"The operator's policies: {Link(address, address)}." : "";

    private static string Abuse(string contact) => contact switch
    {
        "" => "The operator has named no contact.",
        _ when contact.StartsWith("https:", StringComparison.OrdinalIgnoreCase) => Link(contact, contact),
        _ => Link("mailto:" + contact, contact),
    };

    private static string Link(string address, string text) => $"<a href=\"{Text(address)}\">{Text(text)}</a>";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private sealed record Told(DateOnly Week, string Size);
}
