namespace HashMatch.Hashing;

/// <summary>One lane: plain floats. What every other width must equal to the bit.</summary>
internal readonly unsafe struct Lanes1 : ILanes<float>
{
    public static int Count => 1;

    public static float Create(float value) => value;

    public static float Load(float* source) => *source;

    public static void Store(float* destination, float value) => *destination = value;

    public static float Add(float left, float right) => left + right;

    public static float Subtract(float left, float right) => left - right;

    public static float Divide(float dividend, float divisor) => dividend / divisor;

    public static void Transpose(float* source, nint sourceStride, float* destination, nint destinationStride) =>
        *destination = *source;

    public static void LumaSquare(byte** rows, nint offset, PixelFormat format, float* destination) =>
        *destination = Luma.Of(rows[0] + offset, format);
}
