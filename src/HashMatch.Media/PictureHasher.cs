using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Media;

/// <summary>
/// Fingerprints picture files: an <see cref="ImageDecoder"/>, a <see cref="PdqHasher"/> and a <see cref="ViewHasher"/>
/// that are kept.
/// </summary>
/// <remarks>
/// Use one a thread and keep it: pictures of a size already seen allocate nothing. A file is decoded once, however many
/// views of it are looked at, and within the same limits.
/// </remarks>
public sealed class PictureHasher
{
    private readonly ImageDecoder _decoder;
    private readonly PdqHasher _hasher = new();

    // Made when it is first asked for: plain hashing needs none of its memory.
    private ViewHasher? _views;

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

    /// <summary>Gives the views of a file to register.</summary>
    /// <param name="path">The file, which is only read.</param>
    /// <param name="views">Which views.</param>
    /// <returns>
    /// As <see cref="ViewHasher.Register"/> does: the photo as a whole first; none if it has too little detail. The
    /// list is used again by the next call.
    /// </returns>
    /// <exception cref="ImageRefusedException">
    /// The file is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public IReadOnlyList<PictureView> Register(string path, RegisterViews views) =>
        Register(_decoder.Decode(path), views);

    /// <summary>Gives the views of a file that is in memory to register.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="views">Which views.</param>
    /// <returns>As <see cref="Register(string, RegisterViews)"/> does.</returns>
    /// <exception cref="ImageRefusedException">
    /// It is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public IReadOnlyList<PictureView> Register(ReadOnlySpan<byte> file, RegisterViews views) =>
        Register(_decoder.Decode(file), views);

    /// <summary>Gives the views of a file to look up.</summary>
    /// <param name="path">The file, which is only read.</param>
    /// <param name="views">Which views.</param>
    /// <returns>
    /// As <see cref="ViewHasher.Query"/> does: the raw one as it is first; none if the picture has too little detail.
    /// The list is used again by the next call.
    /// </returns>
    /// <exception cref="ImageRefusedException">
    /// The file is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public IReadOnlyList<PictureView> Query(string path, QueryViews views) => Query(_decoder.Decode(path), views);

    /// <summary>Gives the views of a file that is in memory to look up.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="views">Which views.</param>
    /// <returns>As <see cref="Query(string, QueryViews)"/> does.</returns>
    /// <exception cref="ImageRefusedException">
    /// It is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public IReadOnlyList<PictureView> Query(ReadOnlySpan<byte> file, QueryViews views) =>
        Query(_decoder.Decode(file), views);

    private IReadOnlyList<PictureView> Register(DecodedImage image, RegisterViews views) =>
        (_views ??= new ViewHasher()).Register(image.Pixels, image.Width, image.Height, image.Format, views);

    private IReadOnlyList<PictureView> Query(DecodedImage image, QueryViews views) =>
        (_views ??= new ViewHasher()).Query(image.Pixels, image.Width, image.Height, image.Format, views);

    private Fingerprint Hash(DecodedImage image, PdqMode mode) =>
        _hasher.Hash(image.Pixels, image.Width, image.Height, image.Format, mode);

    private int HashDihedral(DecodedImage image, Span<Hash256> destination, PdqMode mode) =>
        _hasher.HashDihedral(image.Pixels, image.Width, image.Height, image.Format, destination, mode);
}
