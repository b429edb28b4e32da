using System.Globalization;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>Where on a picture a value stands, if every factor of ten takes as much room.</summary>
internal sealed class LogAxis
{
    private readonly double _first;
    private readonly double _last;
    private readonly double _start;
    private readonly double _end;

    /// <param name="least">The value at <paramref name="start"/>, above 0.</param>
    /// <param name="most">The value at <paramref name="end"/>; if it is the same, as if it were ten times that.</param>
    /// <param name="start">In the picture's units.</param>
    /// <param name="end">In the picture's units; may be less than <paramref name="start"/>.</param>
    public LogAxis(double least, double most, double start, double end)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(least);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        _first = Math.Log10(least);
        _last = most > least ? Math.Log10(most) : _first + 1;
        _start = start;
        _end = end;
    }

    /// <summary>The powers of ten on it.</summary>
    public IEnumerable<double> Decades
    {
        get
        {
            // Logarithms of powers of ten are not always whole.
            const double Tolerance = 1e-9;
            for (double power = Math.Ceiling(_first - Tolerance); power <= _last + Tolerance; power++)
            {
                yield return Math.Pow(10, power);
            }
        }
    }

    /// <summary>An axis that begins and ends with a power of ten.</summary>
    public static LogAxis OfDecades(double least, double most, double start, double end) => new(
        Math.Pow(10, Math.Floor(Math.Log10(least))), Math.Pow(10, Math.Ceiling(Math.Log10(most))), start, end);

    public static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    public double Place(double value) => _start + ((Math.Log10(value) - _first) / (_last - _first) * (_end - _start));
}
