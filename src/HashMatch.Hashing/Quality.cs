using System.Runtime.Intrinsics;

namespace HashMatch.Hashing;

/// <summary>How much detail 64 by 64 samples have.</summary>
internal static class Quality
{
    private const int Side = BlurLayout.Side;
    private const int Full = 100;
    private const int GradientPerPoint = 90;

    /// <summary>Adds up the steps between neighbours, each in whole percent of the range.</summary>
    /// <returns>0 to 100.</returns>
    public static int Of(ReadOnlySpan<float> samples)
    {
        Vector256<int> sum = Vector256<int>.Zero;
        for (int i = 0; i < Side * (Side - 1); i += 8)
        {
            sum += Steps(samples[i..], samples[(i + Side)..]);
        }

        // A row has 63 steps to the right: the last lane of its last vector is none.
        Vector256<int> lastOut = Vector256.Create(-1, -1, -1, -1, -1, -1, -1, 0);
        for (int i = 0; i < Side; i++)
        {
            ReadOnlySpan<float> row = samples.Slice(i * Side, Side);
            for (int j = 0; j < Side - 8; j += 8)
            {
                sum += Steps(row[j..], row[(j + 1)..]);
            }

            Vector256<float> last = Vector256.Create(row[(Side - 8)..]);
            Vector256<float> shifted = Vector256.Shuffle(last, Vector256.Create(1, 2, 3, 4, 5, 6, 7, 7));
            sum += Steps(last, shifted) & lastOut;
        }

        return Math.Min(Full, Vector256.Sum(sum) / GradientPerPoint);
    }

    private static Vector256<int> Steps(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        Steps(Vector256.Create(left), Vector256.Create(right));

    // Truncated before it is added up.
    private static Vector256<int> Steps(Vector256<float> left, Vector256<float> right) =>
        Vector256.Abs(Vector256.ConvertToInt32(
            ((left - right) * Vector256.Create(100f)) / Vector256.Create(255f)));
}
