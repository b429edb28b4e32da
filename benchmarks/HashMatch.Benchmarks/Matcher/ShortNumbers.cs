using System.Text.Json;
using System.Text.Json.Serialization;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Writes numbers with as many digits as a measurement has.</summary>
internal sealed class ShortNumbers : JsonConverter<double>
{
    private const int Digits = 5;

    /// <summary>Rounds to five digits, or to a whole number.</summary>
    public static double Round(double value)
    {
        double magnitude = Math.Floor(Math.Log10(Math.Abs(value)));
        return double.IsFinite(magnitude)
            ? Math.Round(value, (int)Math.Clamp(Digits - 1 - magnitude, 0, 15))
            : value;
    }

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Round(value));
}
