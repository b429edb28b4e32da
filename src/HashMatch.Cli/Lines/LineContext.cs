using System.Text.Json.Serialization;

namespace HashMatch.Cli.Lines;

/// <summary>The JSON forms of the lines, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HashLine))]
[JsonSerializable(typeof(CaseKeyLine))]
[JsonSerializable(typeof(SubmissionLine))]
[JsonSerializable(typeof(StatusLine))]
[JsonSerializable(typeof(WithdrawalLine))]
[JsonSerializable(typeof(CheckLine))]
[JsonSerializable(typeof(MirrorLine))]
internal sealed partial class LineContext : JsonSerializerContext;
