using System.Globalization;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Numbers as people say them, with the digits that matter.</summary>
internal static class Quantity
{
    /// <summary>A time of so many microseconds in a unit that fits, with two digits or three.</summary>
    public static string Time(double microseconds) => microseconds switch
    {
        < 0.9995 => $"{Digits(microseconds * 1e3)} ns",
        < 999.5 => $"{Digits(microseconds)} µs",
        < 999.5e3 => $"{Digits(microseconds / 1e3)} ms",
        _ => $"{Digits(microseconds / 1e6)} s",
    };

    /// <summary>A number of hashes.</summary>
    public static string Count(double count) => count switch
    {
        >= 1e6 => $"{Digits(count / 1e6)} M",
        >= 1e3 => $"{Digits(count / 1e3)} k",
        _ => Digits(count),
    };

    /// <summary>How many times.</summary>
    public static string Ratio(double ratio) => Digits(ratio);

    private static string Digits(double value) => value switch
    {
        < 9.95 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };
}
