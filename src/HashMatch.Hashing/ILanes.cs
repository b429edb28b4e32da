namespace HashMatch.Hashing;

/// <summary>What the blur asks of a vector width. The one-lane form, <see cref="Lanes1"/>, is the definition.</summary>
/// <typeparam name="TVector">The vector: <see cref="Count"/> floats.</typeparam>
/// <remarks>Add, subtract and divide round once each. Nothing here may contract or reorder.</remarks>
internal unsafe interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TVector Create(float value);

    static abstract TVector Load(float* source);

    static abstract void Store(float* destination, TVector value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Divide(TVector dividend, TVector divisor);

    /// <summary>Transposes a square of Count by Count floats. The strides are in floats.</summary>
    static abstract void Transpose(float* source, nint sourceStride, float* destination, nint destinationStride);

    /// <summary>
    /// Reads Count pixels of Count rows and writes their luma transposed: Count floats, one a row, for each column. May
    /// read 4 * Count bytes of each row whatever the format.
    /// </summary>
    static abstract void LumaSquare(byte** rows, nint offset, PixelFormat format, float* destination);
}
