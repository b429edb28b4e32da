using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>Eight lanes, on AVX2.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector256<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> dividend, Vector256<float> divisor) =>
        dividend / divisor;

    public static void Transpose(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        // Pairs of rows, then fours within each 128-bit lane, then the lanes.
        LoadFours(
            source,
            sourceStride,
            out Vector256<float> a0,
            out Vector256<float> a1,
            out Vector256<float> a2,
            out Vector256<float> a3);
        LoadFours(
            source + (4 * sourceStride),
            sourceStride,
            out Vector256<float> b0,
            out Vector256<float> b1,
            out Vector256<float> b2,
            out Vector256<float> b3);
        Lanes(a0, b0, destination, destinationStride);
        Lanes(a1, b1, destination + destinationStride, destinationStride);
        Lanes(a2, b2, destination + (2 * destinationStride), destinationStride);
        Lanes(a3, b3, destination + (3 * destinationStride), destinationStride);
    }

    public static void LumaSquare(byte** rows, nint offset, PixelFormat format, float* destination)
    {
        switch (format)
        {
            case PixelFormat.Gray8:
                GraySquare(rows, offset, destination);
                break;
            case PixelFormat.Rgb24:
                RgbSquare(rows, offset, destination);
                break;
            default:
                AlphaSquare(rows, offset, format, destination);
                break;
        }
    }

    // Each form is compiled by itself, with its format as a constant.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void GraySquare(byte** rows, nint offset, float* destination) =>
        LumaSquareOf(rows, offset, PixelFormat.Gray8, destination);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RgbSquare(byte** rows, nint offset, float* destination) =>
        LumaSquareOf(rows, offset, PixelFormat.Rgb24, destination);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RgbaSquare(byte** rows, nint offset, float* destination) =>
        LumaSquareOf(rows, offset, PixelFormat.Rgba32, destination);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BgraSquare(byte** rows, nint offset, float* destination) =>
        LumaSquareOf(rows, offset, PixelFormat.Bgra32, destination);

    private static void AlphaSquare(byte** rows, nint offset, PixelFormat format, float* destination)
    {
        Vector256<int> all = Vector256<int>.AllBitsSet;
        for (int row = 0; row < 8; row++)
        {
            all &= Vector256.Load((int*)(rows[row] + offset));
        }

        if (!Vector256.EqualsAll(all >>> 24, Vector256.Create(Luma.Opaque)))
        {
            CompositeSquare(rows, offset, format, destination);
        }
        else if (format == PixelFormat.Rgba32)
        {
            RgbaSquare(rows, offset, destination);
        }
        else
        {
            BgraSquare(rows, offset, destination);
        }
    }

    private static void CompositeSquare(byte** rows, nint offset, PixelFormat format, float* destination)
    {
        int* square = stackalloc int[8 * 8];
        byte** composited = stackalloc byte*[8];
        for (int row = 0; row < 8; row++)
        {
            composited[row] = (byte*)(square + (row * 8));
            Composite(Vector256.Load((int*)(rows[row] + offset))).Store((int*)composited[row]);
        }

        if (format == PixelFormat.Rgba32)
        {
            RgbaSquare(composited, 0, destination);
        }
        else
        {
            BgraSquare(composited, 0, destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LumaSquareOf(byte** rows, nint offset, PixelFormat format, float* destination)
    {
        LumaFours(
            rows,
            offset,
            format,
            out Vector256<float> a0,
            out Vector256<float> a1,
            out Vector256<float> a2,
            out Vector256<float> a3);
        LumaFours(
            rows + 4,
            offset,
            format,
            out Vector256<float> b0,
            out Vector256<float> b1,
            out Vector256<float> b2,
            out Vector256<float> b3);
        Lanes(a0, b0, destination, 8);
        Lanes(a1, b1, destination + 8, 8);
        Lanes(a2, b2, destination + 16, 8);
        Lanes(a3, b3, destination + 24, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LumaFours(
        byte** rows,
        nint offset,
        PixelFormat format,
        out Vector256<float> column0,
        out Vector256<float> column1,
        out Vector256<float> column2,
        out Vector256<float> column3) =>
        Fours(
            LumaRow(rows[0] + offset, format),
            LumaRow(rows[1] + offset, format),
            LumaRow(rows[2] + offset, format),
            LumaRow(rows[3] + offset, format),
            out column0,
            out column1,
            out column2,
            out column3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LumaRow(byte* pixels, PixelFormat format)
    {
        if (format == PixelFormat.Gray8)
        {
            return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(pixels));
        }

        Vector256<int> packed = Vector256.Load((int*)pixels);
        if (format == PixelFormat.Rgb24)
        {
            // Twelve bytes to each 128-bit lane, then three bytes, and a fourth that nobody reads, to each 32-bit lane.
            packed = Avx2.PermuteVar8x32(packed, Vector256.Create(0, 1, 2, 2, 3, 4, 5, 5));
            packed = Avx2.Shuffle(packed.AsByte(), Vector256.Create(
                0x02020100, 0x05050403, 0x08080706, 0x0B0B0A09, 0x02020100, 0x05050403, 0x08080706, 0x0B0B0A09)
                .AsByte()).AsInt32();
        }

        return format == PixelFormat.Bgra32
            ? WeighPacked(packed, Luma.Blue, Luma.Red)
            : WeighPacked(packed, Luma.Red, Luma.Blue);
    }

    // The channels stay where they are in their 32 bits; the weights are that much smaller. Both are powers of two, so
    // each product is rounded as if they were not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> WeighPacked(Vector256<int> packed, float firstWeight, float thirdWeight)
    {
        Vector256<float> first = Vector256.ConvertToSingle(packed & Vector256.Create(0xFF));
        Vector256<float> green = Vector256.ConvertToSingle(packed & Vector256.Create(0xFF00));
        Vector256<float> third = Vector256.ConvertToSingle(packed & Vector256.Create(0xFF0000));
        first *= Vector256.Create(firstWeight);
        green *= Vector256.Create(Luma.Green / 0x100);
        third *= Vector256.Create(thirdWeight / 0x10000);
        return firstWeight == Luma.Red ? (first + green) + third : (third + green) + first;
    }

    /// <summary>Composites eight pixels over white; the channels stay where they are.</summary>
    internal static Vector256<int> Composite(Vector256<int> packed)
    {
        Vector256<int> alpha = packed >>> 24;
        Vector256<int> first = OverWhite(packed & Vector256.Create(0xFF), alpha);
        Vector256<int> green = OverWhite((packed >>> 8) & Vector256.Create(0xFF), alpha);
        Vector256<int> third = OverWhite((packed >>> 16) & Vector256.Create(0xFF), alpha);
        return first | (green << 8) | (third << 16);
    }

    // v / 255 is (v + 1 + (v >> 8)) >> 8 for all v up to 65,534.
    private static Vector256<int> OverWhite(Vector256<int> channel, Vector256<int> alpha)
    {
        Vector256<int> sum = (channel * alpha)
            + ((Vector256.Create(Luma.Opaque) - alpha) * Vector256.Create(255))
            + Vector256.Create(127);
        return (sum + Vector256.Create(1) + (sum >>> 8)) >>> 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadFours(
        float* source,
        nint stride,
        out Vector256<float> column0,
        out Vector256<float> column1,
        out Vector256<float> column2,
        out Vector256<float> column3) =>
        Fours(
            Vector256.Load(source),
            Vector256.Load(source + stride),
            Vector256.Load(source + (2 * stride)),
            Vector256.Load(source + (3 * stride)),
            out column0,
            out column1,
            out column2,
            out column3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fours(
        Vector256<float> row0,
        Vector256<float> row1,
        Vector256<float> row2,
        Vector256<float> row3,
        out Vector256<float> column0,
        out Vector256<float> column1,
        out Vector256<float> column2,
        out Vector256<float> column3)
    {
        Vector256<double> low01 = Avx.UnpackLow(row0, row1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(row0, row1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(row2, row3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(row2, row3).AsDouble();
        column0 = Avx.UnpackLow(low01, low23).AsSingle();
        column1 = Avx.UnpackHigh(low01, low23).AsSingle();
        column2 = Avx.UnpackLow(high01, high23).AsSingle();
        column3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes(Vector256<float> top, Vector256<float> bottom, float* destination, nint stride)
    {
        Avx.Permute2x128(top, bottom, 0x20).Store(destination);
        Avx.Permute2x128(top, bottom, 0x31).Store(destination + (4 * stride));
    }
}
