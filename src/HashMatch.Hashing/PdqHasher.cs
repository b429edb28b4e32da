using HashMatch.Matching;

namespace HashMatch.Hashing;

/// <summary>Computes PDQ fingerprints from pixels, bit for bit as the reference implementation does.</summary>
/// <remarks>
/// A hasher keeps its working memory from picture to picture (about 1 MB after 12 megapixels), so that hashing
/// allocates nothing once a picture of that size was hashed. It is not safe for use by two threads at once: have one
/// on each.
/// The specification is "TMK+PDQF" (Facebook, 2019), in 32-bit floats without fused multiply-add. Apply a picture's
/// EXIF orientation before hashing it.
/// </remarks>
public sealed class PdqHasher
{
    /// <summary>The number of hashes that <c>HashDihedral</c> gives: 8.</summary>
    public const int DihedralCount = 8;

    /// <summary>The most pixels that a side may have: 1,048,576, which bounds the working memory.</summary>
    public const int MaxSide = 1 << 20;

    // The reference gives up on anything smaller.
    private const int SmallestSide = 5;

    private readonly BlurWorkspace _workspace = new();
    private readonly float[] _samples = new float[BlurLayout.Side * BlurLayout.Side];
    private readonly float[] _half = new float[CosineTransform.Outputs * BlurLayout.Side];
    private readonly float[] _coefficients = new float[CosineTransform.Outputs * CosineTransform.Outputs];

    /// <summary>The 64 by 64 samples of the last picture.</summary>
    internal ReadOnlySpan<float> Samples => _samples;

    /// <summary>The 16 by 64 half-way products of the last picture.</summary>
    internal ReadOnlySpan<float> Half => _half;

    /// <summary>The 16 by 16 coefficients of the last picture.</summary>
    internal ReadOnlySpan<float> Coefficients => _coefficients;

    /// <summary>Hashes a picture whose rows follow one another without gaps.</summary>
    /// <param name="pixels">The rows, top row first, at least as many as the sides say.</param>
    /// <param name="width">Pixels a row, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="format">The form of one pixel.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <returns>
    /// The fingerprint; the zero hash of quality 0 if a side, after what <paramref name="mode"/> does, is under 5
    /// pixels.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A side is out of range, there are too few pixels, or no such format or mode.
    /// </exception>
    public Fingerprint Hash(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        PixelFormat format,
        PdqMode mode = PdqMode.FullResolution) =>
        HashRows(pixels, width, height, PackedStride(width, format), format, mode);

    /// <summary>Hashes a picture whose rows start at even distances.</summary>
    /// <param name="pixels">
    /// The rows, top row first. Of the last row only the <paramref name="width"/> pixels need be there.
    /// </param>
    /// <param name="width">Pixels a row, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="stride">Bytes from the start of one row to the next, at least those of the pixels of a row.</param>
    /// <param name="format">The form of one pixel.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <returns>
    /// The fingerprint; the zero hash of quality 0 if a side, after what <paramref name="mode"/> does, is under 5
    /// pixels.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A side is out of range, the stride is shorter than a row, there are too few pixels, or no such format or mode.
    /// </exception>
    public Fingerprint Hash(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        int stride,
        PixelFormat format,
        PdqMode mode = PdqMode.FullResolution) =>
        HashRows(pixels, width, height, stride, format, mode);

    /// <summary>Hashes a picture, and from the same coefficients its turned and mirrored forms.</summary>
    /// <param name="pixels">The rows, top row first, at least as many as the sides say.</param>
    /// <param name="width">Pixels a row, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="format">The form of one pixel.</param>
    /// <param name="destination">Takes 8 hashes, in the order of <see cref="Dihedral"/>.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <returns>The quality, which is one for all: 0 to 100.</returns>
    /// <remarks>
    /// The hashes are close to those of pictures really turned, not equal (2 to 8 bits). A picture of exactly 64 by 64
    /// is blurred here, as in the reference, and not by <c>Hash</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">As for <c>Hash</c>, or fewer than 8 places.</exception>
    public int HashDihedral(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        PixelFormat format,
        Span<Hash256> destination,
        PdqMode mode = PdqMode.FullResolution) =>
        HashDihedralRows(pixels, width, height, PackedStride(width, format), format, destination, mode);

    /// <summary>Hashes a picture whose rows start at even distances, and its turned and mirrored forms.</summary>
    /// <param name="pixels">
    /// The rows, top row first. Of the last row only the <paramref name="width"/> pixels need be there.
    /// </param>
    /// <param name="width">Pixels a row, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, from 1 to <see cref="MaxSide"/>.</param>
    /// <param name="stride">Bytes from the start of one row to the next, at least those of the pixels of a row.</param>
    /// <param name="format">The form of one pixel.</param>
    /// <param name="destination">Takes 8 hashes, in the order of <see cref="Dihedral"/>.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <returns>The quality, which is one for all: 0 to 100.</returns>
    /// <exception cref="ArgumentException">As for <c>Hash</c>, or fewer than 8 places.</exception>
    public int HashDihedral(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        int stride,
        PixelFormat format,
        Span<Hash256> destination,
        PdqMode mode = PdqMode.FullResolution) =>
        HashDihedralRows(pixels, width, height, stride, format, destination, mode);

    /// <summary>Refuses what <c>Hash</c> refuses, for rows without gaps.</summary>
    internal static void Check(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format) =>
        Check(pixels, width, height, PackedStride(width, format), format, PdqMode.FullResolution);

    private static long PackedStride(int width, PixelFormat format) => (long)width * Luma.BytesPerPixel(format);

    private static void Check(
        ReadOnlySpan<byte> pixels, int width, int height, long stride, PixelFormat format, PdqMode mode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        if (Luma.BytesPerPixel(format) == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(format));
        }

        if (mode is not (PdqMode.FullResolution or PdqMode.Stretch512))
        {
            throw new ArgumentOutOfRangeException(nameof(mode));
        }

        long rowBytes = PackedStride(width, format);
        if (stride < rowBytes)
        {
            throw new ArgumentException("The stride is shorter than a row.", nameof(stride));
        }

        if (pixels.Length < ((height - 1L) * stride) + rowBytes)
        {
            throw new ArgumentException("There are fewer pixels than the sides say.", nameof(pixels));
        }
    }

    private Fingerprint HashRows(
        ReadOnlySpan<byte> pixels, int width, int height, long stride, PixelFormat format, PdqMode mode) =>
        TryTransform(pixels, width, height, stride, format, mode, copiesSmall: true)
            ? new Fingerprint(HashBits.Of(_coefficients), Quality.Of(_samples))
            : default;

    private int HashDihedralRows(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        long stride,
        PixelFormat format,
        Span<Hash256> destination,
        PdqMode mode)
    {
        if (destination.Length < DihedralCount)
        {
            throw new ArgumentException("There must be room for 8 hashes.", nameof(destination));
        }

        if (!TryTransform(pixels, width, height, stride, format, mode, copiesSmall: false))
        {
            destination[..DihedralCount].Clear();
            return 0;
        }

        HashBits.AllOf(_coefficients, destination);
        return Quality.Of(_samples);
    }

    private unsafe bool TryTransform(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        long stride,
        PixelFormat format,
        PdqMode mode,
        bool copiesSmall)
    {
        Check(pixels, width, height, stride, format, mode);
        fixed (byte* start = pixels)
        {
            var rows = new PixelRows(start, pixels.Length, width, height, stride, format, mode);
            if (rows.Width < SmallestSide || rows.Height < SmallestSide)
            {
                return false;
            }

            if (copiesSmall && rows.Width == BlurLayout.Side && rows.Height == BlurLayout.Side)
            {
                Decimation.Copied(rows, _samples);
            }
            else
            {
                Decimation.Blurred(rows, _workspace, _samples);
            }
        }

        CosineTransform.Apply(_samples, _half, _coefficients);
        return true;
    }
}
