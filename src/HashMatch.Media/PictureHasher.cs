using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Media;

/// <summary>
/// Fingerprints picture files: an <see cref="ImageDecoder"/> and a <see cref="PdqHasher"/> that are kept.
/// </summary>
/// <remarks>Use one a thread and keep it: pictures of a size already seen allocate nothing.</remarks>
public sealed class PictureHasher
{
    private readonly ImageDecoder _decoder;
    private readonly PdqHasher _hasher = new();

    /// <summary>Makes a hasher with the limits of <see cref="ImageLimits.Default"/>.</summary>
    public PictureHasher()
        : this(ImageLimits.Default)
    {
    }

    /// <summary>Makes a hasher with limits of its own.</summary>
    /// <param name="limits">What a picture may cost.</param>
    public PictureHasher(ImageLimits limits) => _decoder = new ImageDecoder(limits);

    /// <summary>Fingerprints a file.</summary>
    /// <param name="path">The file, which is only read.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <exception cref="ImageRefusedException">
    /// The file is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public Fingerprint Hash(string path, PdqMode mode = PdqMode.FullResolution) =>
        Hash(_decoder.Decode(path), mode);

    /// <summary>Fingerprints a file that is in memory.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <exception cref="ImageRefusedException">
    /// It is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public Fingerprint Hash(ReadOnlySpan<byte> file, PdqMode mode = PdqMode.FullResolution) =>
        Hash(_decoder.Decode(file), mode);

    /// <summary>Fingerprints a file and its turned and mirrored forms.</summary>
    /// <param name="path">The file, which is only read.</param>
    /// <param name="destination">Takes 8 hashes, in the order of <see cref="Dihedral"/>.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <returns>The quality, which is one for all: 0 to 100.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has fewer than 8 places.</exception>
    /// <exception cref="ImageRefusedException">
    /// The file is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public int HashDihedral(string path, Span<Hash256> destination, PdqMode mode = PdqMode.FullResolution) =>
        HashDihedral(_decoder.Decode(path), destination, mode);

    /// <summary>Fingerprints a file that is in memory and its turned and mirrored forms.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="destination">Takes 8 hashes, in the order of <see cref="Dihedral"/>.</param>
    /// <param name="mode">How large pictures are brought to PDQ.</param>
    /// <returns>The quality, which is one for all: 0 to 100.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has fewer than 8 places.</exception>
    /// <exception cref="ImageRefusedException">
    /// It is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public int HashDihedral(
        ReadOnlySpan<byte> file,
        Span<Hash256> destination,
        PdqMode mode = PdqMode.FullResolution) =>
        HashDihedral(_decoder.Decode(file), destination, mode);

    private Fingerprint Hash(DecodedImage image, PdqMode mode) =>
        _hasher.Hash(image.Pixels, image.Width, image.Height, image.Format, mode);

    private int HashDihedral(DecodedImage image, Span<Hash256> destination, PdqMode mode) =>
        _hasher.HashDihedral(image.Pixels, image.Width, image.Height, image.Format, destination, mode);
}
