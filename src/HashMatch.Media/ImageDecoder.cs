using System.Diagnostics;
using HashMatch.Hashing;
using HashMatch.Media.Libvips;

namespace HashMatch.Media;

/// <summary>
/// Decodes still pictures: JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF, by their content, not their name.
/// </summary>
/// <remarks>
/// <para>
/// A picture is decoded whole or refused. Of an animation the first frame is taken, of several pages the first. The
/// EXIF orientation is applied, transparency is laid over white, 16 bits become the upper 8, and colour profiles are
/// ignored. Nothing is written anywhere.
/// </para>
/// <para>
/// Use one decoder a thread and keep it: its buffers are used again. libvips (Debian: <c>libvips42</c>) is loaded at
/// the first decode and not before.
/// </para>
/// </remarks>
public sealed class ImageDecoder
{
    // Rows are decoded in strips that stay in a processor's second-level cache until they are put into place.
    private const int StripBytes = 512 << 10;
    private const int LeastStripRows = 16;

    private readonly ImageLimits _limits;
    private readonly VipsLibraries _libraries;
    private ReusedBytes _file = new();
    private ReusedBytes _pixels = new();
    private bool _isStarted;

    /// <summary>Makes a decoder with the limits of <see cref="ImageLimits.Default"/>.</summary>
    public ImageDecoder()
        : this(ImageLimits.Default)
    {
    }

    /// <summary>Makes a decoder with limits of its own.</summary>
    /// <param name="limits">What a picture may cost.</param>
    public ImageDecoder(ImageLimits limits)
        : this(limits, VipsLibraries.Installed)
    {
    }

    internal ImageDecoder(ImageLimits limits, VipsLibraries libraries)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _libraries = libraries;
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="path">The file, which is only read. Folders, pipes and devices are refused.</param>
    /// <returns>The pixels, which the next decode overwrites.</returns>
    /// <exception cref="ImageRefusedException">
    /// The file is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public DecodedImage Decode(string path) => Decode(path, asStored: false);

    /// <summary>Decodes a file that is in memory.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <returns>The pixels, which the next decode overwrites.</returns>
    /// <exception cref="ImageRefusedException">
    /// It is not a picture that can be decoded whole within the limits.
    /// </exception>
    /// <exception cref="LibvipsMissingException">libvips is not installed.</exception>
    public DecodedImage Decode(ReadOnlySpan<byte> file) => Decode(file, asStored: false);

    /// <summary>
    /// Decodes a file, if need be without turning it upright and laying it over white, as golden data has it.
    /// </summary>
    internal DecodedImage Decode(string path, bool asStored) =>
        Decode(PictureFile.Read(path, _limits.MaxFileBytes, ref _file), asStored);

    internal DecodedImage Decode(ReadOnlySpan<byte> file, bool asStored)
    {
        if (file.Length > _limits.MaxFileBytes)
        {
            throw new ImageRefusedException(ImageRefusal.FileTooLarge);
        }

        string loader = FileSignature.Loader(file);
        switch (loader)
        {
            case FileSignature.PngLoader:
                file = WithoutText(file);
                break;
            case FileSignature.TiffLoader when !TiffDirectories.AreFew(file):
                throw new ImageRefusedException(ImageRefusal.TooManyPages);
            case FileSignature.TiffLoader when TiffFirstPage.IsPlainYcc(file):
                throw new ImageRefusedException(ImageRefusal.UnsupportedPixels);
            case FileSignature.WebpLoader when WebpHeader.TryReadSize(file, out int width, out int height):
                ThrowIfTooLarge(width, height);
                break;
            case FileSignature.WebpLoader:
                throw new ImageRefusedException(ImageRefusal.Damaged);
            default:
                break;
        }

        if (!_isStarted)
        {
            VipsRuntime.Start(_libraries);
            _isStarted = true;
        }

        return Decode(file, loader, asStored);
    }

    private Span<byte> WithoutText(ReadOnlySpan<byte> png)
    {
        // Read from a file, it lies in our buffer already.
        Span<byte> own = _file.AtLeast(png.Length).AsSpan(0, png.Length);
        if (!png.Overlaps(own))
        {
            png.CopyTo(own);
        }

        return PngChunks.KeepPixels(own);
    }

    private unsafe DecodedImage Decode(ReadOnlySpan<byte> file, string loader, bool asStored)
    {
        long started = Stopwatch.GetTimestamp();
        fixed (byte* bytes = file)
        {
            if (!VipsImage.TryOpen(loader, bytes, file.Length, out VipsImage image))
            {
                throw new ImageRefusedException(ImageRefusal.Damaged);
            }

            try
            {
                // Only the header is read by now.
                (int width, int height) = (image.Width, image.Height);
                ThrowIfTooLarge(width, height);
                SampleLayout layout = SampleLayout.Of(image);
                int orientation = asStored ? 1 : image.Orientation;

                int length = width * height * layout.BytesOut;
                Span<byte> pixels = _pixels.AtLeast(length).AsSpan(0, length);
                var upright = new UprightPixels(pixels, width, height, layout.BytesOut, orientation);
                DecodeRows(ref image, layout, upright, asStored, started);
                if (loader == FileSignature.GifLoader && !layout.HasAlpha && !asStored)
                {
                    GifFirstFrame.WhitenAround(file, pixels, width, layout.BytesOut);
                }

                bool isTurned = orientation is >= 5 and <= 8;
                return new DecodedImage(
                    pixels,
                    isTurned ? height : width,
                    isTurned ? width : height,
                    layout.BytesOut == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24);
            }
            finally
            {
                image.Dispose();
            }
        }
    }

    private unsafe void DecodeRows(
        ref VipsImage image,
        SampleLayout layout,
        UprightPixels upright,
        bool dropAlpha,
        long started)
    {
        (int width, int height) = (image.Width, image.Height);
        int rowBytes = width * layout.BytesIn;
        int stripRows = Math.Max(LeastStripRows, StripBytes / rowBytes / LeastStripRows * LeastStripRows);
        for (int top = 0; top < height; top += stripRows)
        {
            int count = Math.Min(stripRows, height - top);
            byte* strip = image.DecodeRows(top, count, out nuint length);
            try
            {
                if (strip is null || length != (nuint)rowBytes * (nuint)count)
                {
                    throw new ImageRefusedException(ImageRefusal.Damaged);
                }

                upright.Put(layout.ToPixels(new Span<byte>(strip, (int)length), dropAlpha), top);
            }
            finally
            {
                VipsApi.Free(strip);
            }

            if (Stopwatch.GetElapsedTime(started) > _limits.MaxTime)
            {
                throw new ImageRefusedException(ImageRefusal.TookTooLong);
            }
        }
    }

    private void ThrowIfTooLarge(int width, int height)
    {
        if (width > _limits.MaxSide || height > _limits.MaxSide)
        {
            throw new ImageRefusedException(ImageRefusal.SideTooLong);
        }

        if ((long)width * height > _limits.MaxPixels)
        {
            throw new ImageRefusedException(ImageRefusal.TooManyPixels);
        }
    }
}
