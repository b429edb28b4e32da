using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace HashMatch.Service.Web;

/// <summary>What the service shows people, and which pages may call it: the configuration section <c>Web</c>.</summary>
public sealed class WebOptions : IValidatableObject
{
    /// <summary>
    /// A folder with help of one's own: its <c>*.json</c> files stand in place of the page's of the same names, or
    /// beside them. Empty for none.
    /// </summary>
    public string HelpPath { get; set; } = "";

    /// <summary>Who runs the service, as its page about itself says it; empty if it does not.</summary>
    [MaxLength(200)]
    public string Operator { get; set; } = "";

    /// <summary>Where abuse is reported: an e-mail address or an https address. Empty for none.</summary>
    [MaxLength(200)]
    public string AbuseContact { get; set; } = "";

    /// <summary>Where the operator's policies are: an https address. Empty for none.</summary>
    [MaxLength(200)]
    public string Policies { get; set; } = "";

    /// <summary>
    /// Which pages of other origins may call the service; its own always may. Origins as browsers send them: scheme,
    /// host and a port that is not the scheme's own.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (string origin in AllowedOrigins.Where(origin => !IsOrigin(origin)))
        {
            yield return new ValidationResult(
                $"Web:AllowedOrigins holds \"{origin}\", which no browser sends. Write it like https://example.org.",
                [nameof(AllowedOrigins)]);
        }

        if (HelpPath.Length > 0 && !Directory.Exists(HelpPath))
        {
            yield return new ValidationResult("Web:HelpPath is not a folder.", [nameof(HelpPath)]);
        }

        if (Policies.Length > 0 && !IsSecure(Policies))
        {
            yield return new ValidationResult("Web:Policies must be an https address.", [nameof(Policies)]);
        }

        if (AbuseContact.Length > 0 && !IsSecure(AbuseContact) && !MailAddress.TryCreate(AbuseContact, out _))
        {
            yield return new ValidationResult(
                "Web:AbuseContact must be an e-mail address or an https address.", [nameof(AbuseContact)]);
        }
    }

    private static bool IsSecure(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps;

    // A browser compares to the letter: a slash at the end, a capital or "*" would silently allow nobody, or everybody.
    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetLeftPart(UriPartial.Authority) == origin;
}
