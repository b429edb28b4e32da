using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Hashing;

/// <summary>
/// PDQ as its specification words it: one stage after the other over whole float arrays, one number at a time. The
/// second witness of the fast hasher, and its rival in the benchmarks; it shares no code with it.
/// </summary>
public sealed class LiteralPdq
{
    private LiteralPdq(float[] luma, int width, int height)
    {
        Luma = luma;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public float[] Luma { get; }

    public float[] FirstRows { get; private set; } = [];

    public float[] FirstColumns { get; private set; } = [];

    public float[] SecondRows { get; private set; } = [];

    public float[] SecondColumns { get; private set; } = [];

    public float[] Samples { get; private set; } = [];

    public float[] Half { get; private set; } = [];

    public float[] Coefficients { get; private set; } = [];

    public int Quality { get; private set; }

    public Hash256 Hash { get; private set; }

    public static Fingerprint Fingerprint(
        byte[] pixels, int width, int height, int stride, PixelFormat format, PdqMode mode)
    {
        LiteralPdq pdq = Run(pixels, width, height, stride, format, mode, dihedral: false);
        return new Fingerprint(pdq.Hash, pdq.Quality);
    }

    public static LiteralPdq Run(
        byte[] pixels, int width, int height, int stride, PixelFormat format, PdqMode mode, bool dihedral)
    {
        int columns = width;
        int rows = height;
        if (mode == PdqMode.Stretch512 && (width > 512 || height > 512))
        {
            columns = 512;
            rows = 512;
        }

        float[] luma = new float[columns * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                long x = columns == width && rows == height ? j : (long)j * width / 512;
                long y = columns == width && rows == height ? i : (long)i * height / 512;
                luma[(i * columns) + j] = LumaOf(pixels, (y * stride) + (x * SampleCount(format)), format);
            }
        }

        var pdq = new LiteralPdq(luma, columns, rows);
        if (columns >= 5 && rows >= 5)
        {
            pdq.Blur();
            bool skipsBlur = !dihedral && columns == 64 && rows == 64;
            pdq.Decimate(skipsBlur ? pdq.Luma : pdq.SecondColumns);
            pdq.Measure();
            pdq.Transform();
            pdq.Hash = HashOf(pdq.Coefficients);
        }

        return pdq;
    }

    public Hash256[] AllHashes()
    {
        if (Coefficients.Length == 0)
        {
            return new Hash256[8];
        }

        float[] b = Coefficients;
        return
        [
            HashOf(b),
            HashOf(Turned(b, exchanges: true, (i, j) => j % 2 == 0)),
            HashOf(Turned(b, exchanges: false, (i, j) => (i + j) % 2 != 0)),
            HashOf(Turned(b, exchanges: true, (i, j) => i % 2 == 0)),
            HashOf(Turned(b, exchanges: false, (i, j) => i % 2 == 0)),
            HashOf(Turned(b, exchanges: false, (i, j) => j % 2 == 0)),
            HashOf(Turned(b, exchanges: true, (i, j) => false)),
            HashOf(Turned(b, exchanges: true, (i, j) => (i + j) % 2 != 0)),
        ];
    }

    /// <summary>The box of a window over one line: the four phases, in the specification's words.</summary>
    public static void Box(float[] input, float[] output, int start, int step, int n, int w)
    {
        int half = (w + 2) / 2;
        float sum = 0;
        float c = 0;
        int l = 0;
        int r = 0;
        int o = 0;
        for (int k = 0; k < half - 1; k++)
        {
            sum += input[start + (step * r++)];
            c++;
        }

        for (int k = 0; k < w - half + 1; k++)
        {
            sum += input[start + (step * r++)];
            c++;
            output[start + (step * o++)] = sum / c;
        }

        for (int k = 0; k < n - w; k++)
        {
            sum += input[start + (step * r++)];
            sum -= input[start + (step * l++)];
            output[start + (step * o++)] = sum / c;
        }

        for (int k = 0; k < half - 1; k++)
        {
            sum -= input[start + (step * l++)];
            c--;
            output[start + (step * o++)] = sum / c;
        }
    }

    private static int SampleCount(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 1,
        PixelFormat.Rgb24 => 3,
        _ => 4,
    };

    private static float LumaOf(byte[] pixels, long at, PixelFormat format)
    {
        if (format == PixelFormat.Gray8)
        {
            return pixels[at];
        }

        int r = pixels[at];
        int g = pixels[at + 1];
        int b = pixels[at + 2];
        if (format == PixelFormat.Bgra32)
        {
            (r, b) = (b, r);
        }

        if (format != PixelFormat.Rgb24)
        {
            int a = pixels[at + 3];
            r = ((r * a) + (255 * (255 - a)) + 127) / 255;
            g = ((g * a) + (255 * (255 - a)) + 127) / 255;
            b = ((b * a) + (255 * (255 - a)) + 127) / 255;
        }

        return ((0.299f * r) + (0.587f * g)) + (0.114f * b);
    }

    private static float[] Turned(float[] b, bool exchanges, Func<int, int, bool> isNegated)
    {
        float[] turned = new float[256];
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 16; j++)
            {
                float value = b[(16 * i) + j];
                turned[exchanges ? (16 * j) + i : (16 * i) + j] = isNegated(i, j) ? -value : value;
            }
        }

        return turned;
    }

    private static Hash256 HashOf(float[] b)
    {
        float[] sorted = (float[])b.Clone();
        Array.Sort(sorted);
        float median = sorted[127];
        ulong[] words = new ulong[4];
        for (int k = 0; k < 256; k++)
        {
            if (b[k] > median)
            {
                words[k / 64] |= 1UL << (k % 64);
            }
        }

        return new Hash256(words[0], words[1], words[2], words[3]);
    }

    private void Blur()
    {
        int wx = (Width + 127) / 128;
        int wy = (Height + 127) / 128;
        FirstRows = BoxRows(Luma, wx);
        FirstColumns = BoxColumns(FirstRows, wy);
        SecondRows = BoxRows(FirstColumns, wx);
        SecondColumns = BoxColumns(SecondRows, wy);
    }

    private float[] BoxRows(float[] input, int w)
    {
        float[] output = new float[input.Length];
        for (int i = 0; i < Height; i++)
        {
            Box(input, output, i * Width, 1, Width, w);
        }

        return output;
    }

    private float[] BoxColumns(float[] input, int w)
    {
        float[] output = new float[input.Length];
        for (int j = 0; j < Width; j++)
        {
            Box(input, output, j, Width, Height, w);
        }

        return output;
    }

    private void Decimate(float[] blurred)
    {
        Samples = new float[64 * 64];
        for (int i = 0; i < 64; i++)
        {
            int row = (int)(((i + 0.5) * Height) / 64);
            for (int j = 0; j < 64; j++)
            {
                int column = (int)(((j + 0.5) * Width) / 64);
                Samples[(64 * i) + j] = blurred[(row * Width) + column];
            }
        }
    }

    private void Measure()
    {
        int g = 0;
        for (int i = 0; i < 63; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                g += Math.Abs((int)(((Samples[(64 * i) + j] - Samples[(64 * (i + 1)) + j]) * 100f) / 255f));
            }
        }

        for (int i = 0; i < 64; i++)
        {
            for (int j = 0; j < 63; j++)
            {
                g += Math.Abs((int)(((Samples[(64 * i) + j] - Samples[(64 * i) + j + 1]) * 100f) / 255f));
            }
        }

        Quality = Math.Min(100, g / 90);
    }

    private void Transform()
    {
        float s = (float)Math.Sqrt(2.0 / 64.0);
        float[] d = new float[16 * 64];
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                d[(64 * i) + j] = (float)((double)s * Math.Cos(((Math.PI / 2.0) / 64.0) * (i + 1) * ((2 * j) + 1)));
            }
        }

        Half = new float[16 * 64];
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                float sum = 0;
                for (int k = 0; k < 64; k++)
                {
                    sum += d[(64 * i) + k] * Samples[(64 * k) + j];
                }

                Half[(64 * i) + j] = sum;
            }
        }

        Coefficients = new float[256];
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 16; j++)
            {
                float sum = 0;
                for (int k = 0; k < 64; k++)
                {
                    sum += Half[(64 * i) + k] * d[(64 * j) + k];
                }

                Coefficients[(16 * i) + j] = sum;
            }
        }
    }
}
