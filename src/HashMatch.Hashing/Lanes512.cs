using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>Sixteen lanes, on AVX-512 (F and BW).</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector512<float> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> dividend, Vector512<float> divisor) =>
        dividend / divisor;

    public static void Transpose(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        // Pairs of rows, then fours within each 128-bit lane, then the lanes.
        LoadFours(
            source,
            sourceStride,
            out Vector512<float> a0,
            out Vector512<float> a1,
            out Vector512<float> a2,
            out Vector512<float> a3);
        LoadFours(
            source + (4 * sourceStride),
            sourceStride,
            out Vector512<float> b0,
            out Vector512<float> b1,
            out Vector512<float> b2,
            out Vector512<float> b3);
        LoadFours(
            source + (8 * sourceStride),
            sourceStride,
            out Vector512<float> c0,
            out Vector512<float> c1,
            out Vector512<float> c2,
            out Vector512<float> c3);
        LoadFours(
            source + (12 * sourceStride),
            sourceStride,
            out Vector512<float> d0,
            out Vector512<float> d1,
            out Vector512<float> d2,
            out Vector512<float> d3);
        Lanes(a0, b0, c0, d0, destination, destinationStride);
        Lanes(a1, b1, c1, d1, destination + destinationStride, destinationStride);
        Lanes(a2, b2, c2, d2, destination + (2 * destinationStride), destinationStride);
        Lanes(a3, b3, c3, d3, destination + (3 * destinationStride), destinationStride);
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
        Vector512<int> all = Vector512<int>.AllBitsSet;
        for (int row = 0; row < 16; row++)
        {
            all &= Vector512.Load((int*)(rows[row] + offset));
        }

        if (!Vector512.EqualsAll(all >>> 24, Vector512.Create(Luma.Opaque)))
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
        int* square = stackalloc int[16 * 16];
        byte** composited = stackalloc byte*[16];
        for (int row = 0; row < 16; row++)
        {
            composited[row] = (byte*)(square + (row * 16));
            Composite(Vector512.Load((int*)(rows[row] + offset))).Store((int*)composited[row]);
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
            out Vector512<float> a0,
            out Vector512<float> a1,
            out Vector512<float> a2,
            out Vector512<float> a3);
        LumaFours(
            rows + 4,
            offset,
            format,
            out Vector512<float> b0,
            out Vector512<float> b1,
            out Vector512<float> b2,
            out Vector512<float> b3);
        LumaFours(
            rows + 8,
            offset,
            format,
            out Vector512<float> c0,
            out Vector512<float> c1,
            out Vector512<float> c2,
            out Vector512<float> c3);
        LumaFours(
            rows + 12,
            offset,
            format,
            out Vector512<float> d0,
            out Vector512<float> d1,
            out Vector512<float> d2,
            out Vector512<float> d3);
        Lanes(a0, b0, c0, d0, destination, 16);
        Lanes(a1, b1, c1, d1, destination + 16, 16);
        Lanes(a2, b2, c2, d2, destination + 32, 16);
        Lanes(a3, b3, c3, d3, destination + 48, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LumaFours(
        byte** rows,
        nint offset,
        PixelFormat format,
        out Vector512<float> column0,
        out Vector512<float> column1,
        out Vector512<float> column2,
        out Vector512<float> column3) =>
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
    private static Vector512<float> LumaRow(byte* pixels, PixelFormat format)
    {
        if (format == PixelFormat.Gray8)
        {
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(pixels)));
        }

        Vector512<int> packed = Vector512.Load((int*)pixels);
        if (format == PixelFormat.Rgb24)
        {
            // Twelve bytes to each 128-bit lane, then three bytes, and a fourth that nobody reads, to each 32-bit lane.
            packed = Avx512F.PermuteVar16x32(
                packed, Vector512.Create(0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11));
            packed = Avx512BW.Shuffle(packed.AsByte(), Vector512.Create(
                0x02020100, 0x05050403, 0x08080706, 0x0B0B0A09, 0x02020100, 0x05050403, 0x08080706, 0x0B0B0A09,
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
    private static Vector512<float> WeighPacked(Vector512<int> packed, float firstWeight, float thirdWeight)
    {
        Vector512<float> first = Vector512.ConvertToSingle(packed & Vector512.Create(0xFF));
        Vector512<float> green = Vector512.ConvertToSingle(packed & Vector512.Create(0xFF00));
        Vector512<float> third = Vector512.ConvertToSingle(packed & Vector512.Create(0xFF0000));
        first *= Vector512.Create(firstWeight);
        green *= Vector512.Create(Luma.Green / 0x100);
        third *= Vector512.Create(thirdWeight / 0x10000);
        return firstWeight == Luma.Red ? (first + green) + third : (third + green) + first;
    }

    private static Vector512<int> Composite(Vector512<int> packed)
    {
        Vector512<int> alpha = packed >>> 24;
        Vector512<int> first = OverWhite(packed & Vector512.Create(0xFF), alpha);
        Vector512<int> green = OverWhite((packed >>> 8) & Vector512.Create(0xFF), alpha);
        Vector512<int> third = OverWhite((packed >>> 16) & Vector512.Create(0xFF), alpha);
        return first | (green << 8) | (third << 16);
    }

    // v / 255 is (v + 1 + (v >> 8)) >> 8 for all v up to 65,534.
    private static Vector512<int> OverWhite(Vector512<int> channel, Vector512<int> alpha)
    {
        Vector512<int> sum = (channel * alpha)
            + ((Vector512.Create(Luma.Opaque) - alpha) * Vector512.Create(255))
            + Vector512.Create(127);
        return (sum + Vector512.Create(1) + (sum >>> 8)) >>> 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadFours(
        float* source,
        nint stride,
        out Vector512<float> column0,
        out Vector512<float> column1,
        out Vector512<float> column2,
        out Vector512<float> column3) =>
        Fours(
            Vector512.Load(source),
            Vector512.Load(source + stride),
            Vector512.Load(source + (2 * stride)),
            Vector512.Load(source + (3 * stride)),
            out column0,
            out column1,
            out column2,
            out column3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fours(
        Vector512<float> row0,
        Vector512<float> row1,
        Vector512<float> row2,
        Vector512<float> row3,
        out Vector512<float> column0,
        out Vector512<float> column1,
        out Vector512<float> column2,
        out Vector512<float> column3)
    {
        Vector512<double> low01 = Avx512F.UnpackLow(row0, row1).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(row0, row1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(row2, row3).AsDouble();
        Vector512<double> high23 = Avx512F.UnpackHigh(row2, row3).AsDouble();
        column0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        column1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        column2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        column3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    // Each argument holds, for four rows, the columns k, 4 + k, 8 + k and 12 + k in its 128-bit lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes(
        Vector512<float> a,
        Vector512<float> b,
        Vector512<float> c,
        Vector512<float> d,
        float* destination,
        nint stride)
    {
        const byte EvenLanes = 0x88;
        const byte OddLanes = 0xDD;
        Vector512<float> topEven = Avx512F.Shuffle4x128(a, b, EvenLanes);
        Vector512<float> topOdd = Avx512F.Shuffle4x128(a, b, OddLanes);
        Vector512<float> bottomEven = Avx512F.Shuffle4x128(c, d, EvenLanes);
        Vector512<float> bottomOdd = Avx512F.Shuffle4x128(c, d, OddLanes);
        Avx512F.Shuffle4x128(topEven, bottomEven, EvenLanes).Store(destination);
        Avx512F.Shuffle4x128(topOdd, bottomOdd, EvenLanes).Store(destination + (4 * stride));
        Avx512F.Shuffle4x128(topEven, bottomEven, OddLanes).Store(destination + (8 * stride));
        Avx512F.Shuffle4x128(topOdd, bottomOdd, OddLanes).Store(destination + (12 * stride));
    }
}
