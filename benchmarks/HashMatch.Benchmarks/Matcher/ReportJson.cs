using System.Text.Json;
using System.Text.Json.Serialization;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The form of the report's lines.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ShortNumbers() },
    };

    public static string Write<TLine>(TLine line) => JsonSerializer.Serialize(line, Form);

    /// <exception cref="JsonException">It is not such a line.</exception>
    public static TLine Read<TLine>(string line) => JsonSerializer.Deserialize<TLine>(line, Form)
        ?? throw new JsonException("There is no object.");
}
