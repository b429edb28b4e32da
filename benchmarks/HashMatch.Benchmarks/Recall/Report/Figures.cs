using System.Globalization;

namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>Writes numbers as people read them.</summary>
internal static class Figures
{
    /// <summary>A share of 1 as a percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share of 1 in whole percent, without the sign.</summary>
    public static string Whole(double share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture);

    /// <summary>A rate as a number times a power of ten.</summary>
    public static string Rate(double rate)
    {
        if (rate is 0 or >= 0.001)
        {
            return rate.ToString("0.#####", CultureInfo.InvariantCulture);
        }

        int power = (int)Math.Floor(Math.Log10(rate));
        return string.Create(
            CultureInfo.InvariantCulture, $"{rate / Math.Pow(10, power):F1} × 10<sup>−{-power}</sup>");
    }

    /// <summary>The same for a terminal.</summary>
    public static string PlainRate(double rate) => rate.ToString("0.0e-0", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A place in a drawing.</summary>
    public static string Place(double place) => place.ToString("0.#", CultureInfo.InvariantCulture);
}
