namespace HashMatch.Load;

/// <summary>The value in the middle, which one disturbed round does not move.</summary>
internal static class Median
{
    /// <summary>Gives the median; of an even number of values, the mean of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
