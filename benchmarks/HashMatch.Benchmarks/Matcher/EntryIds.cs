namespace HashMatch.Benchmarks.Matcher;

/// <summary>The ids of the rows: scattered over all 64 bits, so that no table profits by their order.</summary>
internal static class EntryIds
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    // Factor * Inverse = 1 modulo 2^64.
    private const ulong Inverse = 0xF1DE83E19937733D;

    public static ulong Of(long row) => ((ulong)row + 1) * Factor;

    /// <summary>Gives the row, from 0; of a number that is no id, nearly always one far behind the last row.</summary>
    public static ulong RowOf(ulong id) => (id * Inverse) - 1;
}
