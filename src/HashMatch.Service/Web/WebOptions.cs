using System.ComponentModel.DataAnnotations;

namespace HashMatch.Service.Web;

/// <summary>Which pages of other origins may call the service. Its own pages always may.</summary>
public sealed class WebOptions : IValidatableObject
{
    /// <summary>Origins as browsers send them: scheme, host and a port that is not the scheme's own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AllowedOrigins
        .Where(origin => !IsOrigin(origin))
        .Select(origin => new ValidationResult(
            $"Web:AllowedOrigins holds \"{origin}\", which no browser sends. Write it like https://example.org.",
            [nameof(AllowedOrigins)]));

    // A browser compares to the letter: a slash at the end, a capital or "*" would silently allow nobody, or everybody.
    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetLeftPart(UriPartial.Authority) == origin;
}
