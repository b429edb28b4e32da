using System.Numerics;

namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>What resampling and blurring do to whole rows of samples, several at a time.</summary>
internal static class RowMath
{
    /// <summary>Adds a row times a weight to a sum.</summary>
    public static void AddScaled(Span<float> sum, ReadOnlySpan<byte> row, float weight)
    {
        int i = 0;
        int lanes = Vector<float>.Count;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            Add(sum[i..], first, weight);
            Add(sum[(i + lanes)..], second, weight);
            Add(sum[(i + (2 * lanes))..], third, weight);
            Add(sum[(i + (3 * lanes))..], fourth, weight);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
    }

    /// <summary>Adds a row times a weight to a sum.</summary>
    public static void AddScaled(Span<float> sum, ReadOnlySpan<float> row, float weight)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sum[i..]) + (new Vector<float>(row[i..]) * weight)).CopyTo(sum[i..]);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
    }

    /// <summary>Rounds samples to bytes, those beyond 0 and 255 to these.</summary>
    public static void Round(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            bytes[i] = ToByte(samples[i]);
        }
    }

    public static byte ToByte(float sample) => (byte)Math.Clamp(sample + 0.5f, 0, 255);

    private static void Add(Span<float> sum, Vector<uint> samples, float weight) =>
        (new Vector<float>(sum) + (Vector.ConvertToSingle(Vector.AsVectorInt32(samples)) * weight)).CopyTo(sum);
}
