using System.Runtime.Intrinsics;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>The kernels of each vector width against one lane.</summary>
[Trait("Category", "Simd")]
public sealed unsafe class LanesTests
{
    private const int Seed = 20260101;

    [Theory]
    [InlineData(PdqWidth.OneLane)]
    [InlineData(PdqWidth.Lanes256)]
    [InlineData(PdqWidth.Lanes512)]
    public void Transpose_AnyStrides_ExchangesRowsAndColumns(PdqWidth width)
    {
        width.SkipIfAbsent();

        switch (width)
        {
            case PdqWidth.Lanes512:
                CheckTranspose<Lanes512, Vector512<float>>();
                break;
            case PdqWidth.Lanes256:
                CheckTranspose<Lanes256, Vector256<float>>();
                break;
            default:
                CheckTranspose<Lanes1, float>();
                break;
        }
    }

    [Theory]
    [InlineData(PdqWidth.OneLane)]
    [InlineData(PdqWidth.Lanes256)]
    [InlineData(PdqWidth.Lanes512)]
    public void LumaSquare_EveryFormat_IsLumaOfEachPixel(PdqWidth width)
    {
        width.SkipIfAbsent();

        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
        {
            switch (width)
            {
                case PdqWidth.Lanes512:
                    CheckLuma<Lanes512, Vector512<float>>(format);
                    break;
                case PdqWidth.Lanes256:
                    CheckLuma<Lanes256, Vector256<float>>(format);
                    break;
                default:
                    CheckLuma<Lanes1, float>(format);
                    break;
            }
        }
    }

    [Theory]
    [InlineData(PdqWidth.OneLane)]
    [InlineData(PdqWidth.Lanes256)]
    [InlineData(PdqWidth.Lanes512)]
    public void Arithmetic_RandomFloats_RoundsOnceEach(PdqWidth width)
    {
        width.SkipIfAbsent();

        switch (width)
        {
            case PdqWidth.Lanes512:
                CheckArithmetic<Lanes512, Vector512<float>>();
                break;
            case PdqWidth.Lanes256:
                CheckArithmetic<Lanes256, Vector256<float>>();
                break;
            default:
                CheckArithmetic<Lanes1, float>();
                break;
        }
    }

    private static void CheckTranspose<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int lanes = TLanes.Count;
        int sourceStride = lanes + 3;
        int destinationStride = lanes + 5;
        float[] source = new float[lanes * sourceStride];
        float[] destination = new float[lanes * destinationStride];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = i;
        }

        fixed (float* from = source, to = destination)
        {
            TLanes.Transpose(from, sourceStride, to, destinationStride);
        }

        for (int i = 0; i < lanes; i++)
        {
            for (int j = 0; j < lanes; j++)
            {
                Assert.Equal(source[(i * sourceStride) + j], destination[(j * destinationStride) + i]);
            }

            // What lies between the rows is not ours.
            Assert.Equal(0, destination[(i * destinationStride) + lanes]);
        }
    }

    private static void CheckLuma<TLanes, TVector>(PixelFormat format)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int lanes = TLanes.Count;
        int pixelBytes = SyntheticPicture.BytesPerPixel(format);
        var random = new Random(Seed);
        byte[] bytes = new byte[lanes * lanes * 4];
        float[] square = new float[lanes * lanes];
        byte** rows = stackalloc byte*[lanes];
        for (int round = 0; round < 4000 / lanes; round++)
        {
            random.NextBytes(bytes);
            bool isOpaque = round % 2 == 0;
            for (int i = 3; isOpaque && i < bytes.Length; i += 4)
            {
                bytes[i] = 255;
            }

            fixed (byte* start = bytes)
            fixed (float* destination = square)
            {
                for (int k = 0; k < lanes; k++)
                {
                    rows[k] = start + (k * lanes * 4);
                }

                TLanes.LumaSquare(rows, 0, format, destination);
                for (int k = 0; k < lanes; k++)
                {
                    for (int x = 0; x < lanes; x++)
                    {
                        float expected = Luma.Of(rows[k] + (x * pixelBytes), format);
                        Assert.Equal(expected, square[(x * lanes) + k]);
                    }
                }
            }
        }
    }

    private static void CheckArithmetic<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int lanes = TLanes.Count;
        var random = new Random(Seed);
        float* left = stackalloc float[lanes];
        float* right = stackalloc float[lanes];
        float* result = stackalloc float[lanes];
        for (int round = 0; round < 1001; round++)
        {
            float divisor = random.Next(1, 600);
            for (int i = 0; i < lanes; i++)
            {
                left[i] = random.NextSingle() * 255 * divisor;
                right[i] = random.NextSingle() * 255;
            }

            TVector a = TLanes.Load(left);
            TVector b = TLanes.Load(right);
            TVector differences = TLanes.Subtract(TLanes.Add(a, b), TLanes.Load(right));
            TLanes.Store(result, TLanes.Divide(differences, TLanes.Create(divisor)));

            for (int i = 0; i < lanes; i++)
            {
                float sum = left[i] + right[i];
                float difference = sum - right[i];
                Assert.Equal(difference / divisor, result[i]);
            }
        }
    }
}
