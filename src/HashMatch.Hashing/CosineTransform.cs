using System.Runtime.Intrinsics;

namespace HashMatch.Hashing;

/// <summary>The 16 by 16 lowest cosine coefficients, without the constant one, of 64 by 64 samples.</summary>
internal static class CosineTransform
{
    public const int Outputs = 16;

    private const int Inputs = BlurLayout.Side;

    // Row i, column k, and the same with rows and columns exchanged.
    private static readonly float[] Matrix = MakeMatrix();
    private static readonly float[] Transposed = Transpose(Matrix);

    /// <summary>Multiplies from both sides.</summary>
    /// <param name="samples">64 rows of 64.</param>
    /// <param name="half">16 rows of 64: the matrix times the samples.</param>
    /// <param name="result">16 rows of 16: that times the transposed matrix.</param>
    public static void Apply(ReadOnlySpan<float> samples, Span<float> half, Span<float> result)
    {
        for (int i = 0; i < Outputs; i++)
        {
            MultiplyRow(Matrix.AsSpan(i * Inputs, Inputs), samples, half.Slice(i * Inputs, Inputs));
        }

        for (int i = 0; i < Outputs; i++)
        {
            MultiplyRow(half.Slice(i * Inputs, Inputs), Transposed, result.Slice(i * Outputs, Outputs));
        }
    }

    // Each sum runs over k in order, its products rounded, so vectors lie along j only.
    private static void MultiplyRow(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result)
    {
        int width = result.Length;
        for (int j = 0; j < width; j += 16)
        {
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            for (int k = 0; k < left.Length; k++)
            {
                Vector256<float> factor = Vector256.Create(left[k]);
                ReadOnlySpan<float> row = right.Slice((k * width) + j, 16);
                low += factor * Vector256.Create(row);
                high += factor * Vector256.Create(row[8..]);
            }

            low.CopyTo(result[j..]);
            high.CopyTo(result[(j + 8)..]);
        }
    }

    private static float[] MakeMatrix()
    {
        float scale = (float)Math.Sqrt(2.0 / Inputs);
        float[] matrix = new float[Outputs * Inputs];
        for (int i = 0; i < Outputs; i++)
        {
            for (int k = 0; k < Inputs; k++)
            {
                matrix[(i * Inputs) + k] = (float)(scale * Math.Cos(Math.PI / 2.0 / Inputs * (i + 1) * ((2 * k) + 1)));
            }
        }

        return matrix;
    }

    private static float[] Transpose(float[] matrix)
    {
        float[] transposed = new float[matrix.Length];
        for (int i = 0; i < Outputs; i++)
        {
            for (int k = 0; k < Inputs; k++)
            {
                transposed[(k * Outputs) + i] = matrix[(i * Inputs) + k];
            }
        }

        return transposed;
    }
}
