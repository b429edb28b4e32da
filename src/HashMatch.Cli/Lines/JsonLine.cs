using System.Text.Encodings.Web;
using System.Text.Json;

namespace HashMatch.Cli.Lines;

/// <summary>Writes results as JSON, one object a line.</summary>
internal static class JsonLine
{
    // The lines are read by programs, never embedded in a page, so names in every script may stay as they are.
    private static readonly LineContext Readable = new(
        new JsonSerializerOptions(LineContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    /// <summary>Writes one object without a line break.</summary>
    public static string Of<T>(T line) => JsonSerializer.Serialize(line, typeof(T), Readable);
}
