using System.Runtime.CompilerServices;

namespace HashMatch.Hashing;

/// <summary>The rows of a picture as they are hashed: the caller's own, or those that Stretch512 picks.</summary>
internal readonly unsafe ref struct PixelRows
{
    private const int StretchSide = 512;

    private readonly byte* _pixels;
    private readonly long _length;
    private readonly long _stride;
    private readonly int _sourceWidth;
    private readonly int _sourceHeight;

    /// <param name="pixels">The first pixel; pinned for as long as this lives.</param>
    /// <param name="length">How many bytes may be read from there.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="format">The form of a pixel.</param>
    /// <param name="mode">How to start.</param>
    public PixelRows(
        byte* pixels, long length, int width, int height, long stride, PixelFormat format, PdqMode mode)
    {
        _pixels = pixels;
        _length = length;
        _stride = stride;
        _sourceWidth = width;
        _sourceHeight = height;
        Format = format;
        PixelBytes = Luma.BytesPerPixel(format);
        IsStretched = mode == PdqMode.Stretch512 && (width > StretchSide || height > StretchSide);
        Width = IsStretched ? StretchSide : width;
        Height = IsStretched ? StretchSide : height;
    }

    public PixelFormat Format { get; }

    public int PixelBytes { get; }

    public bool IsStretched { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Where a row starts. Only if not stretched.</summary>
    public byte* Row(int y) => _pixels + (y * _stride);

    /// <summary>How many bytes may be read from the start of a row, which may be those of the rows below it.</summary>
    public long ReadableFrom(int y) => _length - (y * _stride);

    /// <summary>Picks one row of the stretched picture.</summary>
    public void Stretch(int y, byte* destination)
    {
        byte* row = Row((int)((long)y * _sourceHeight / StretchSide));
        long width = _sourceWidth;
        switch (PixelBytes)
        {
            case 1:
                for (int x = 0; x < StretchSide; x++)
                {
                    destination[x] = row[(x * width) / StretchSide];
                }

                break;
            case 3:
                for (int x = 0; x < StretchSide; x++)
                {
                    byte* pixel = row + ((x * width / StretchSide) * 3);
                    destination[0] = pixel[0];
                    destination[1] = pixel[1];
                    destination[2] = pixel[2];
                    destination += 3;
                }

                break;
            default:
                for (int x = 0; x < StretchSide; x++)
                {
                    uint pixel = Unsafe.ReadUnaligned<uint>(row + ((x * width / StretchSide) * 4));
                    Unsafe.WriteUnaligned(destination + (x * 4), pixel);
                }

                break;
        }
    }
}
