using System.Runtime.InteropServices;

namespace HashMatch.Media;

/// <summary>
/// Puts decoded rows where they belong in the upright picture, so that turning costs no second buffer.
/// </summary>
internal readonly ref struct UprightPixels
{
    private const int TileWidth = 16;
    private const int TileHeight = 32;

    private readonly Span<byte> _pixels;
    private readonly int _storedWidth;
    private readonly int _bytesPerPixel;

    // In pixels: where the first stored pixel goes, and how far the next of its row and of its column is from it.
    private readonly int _origin;
    private readonly int _alongRow;
    private readonly int _alongColumn;

    /// <param name="pixels">Exactly the memory of the picture.</param>
    /// <param name="storedWidth">The width before turning.</param>
    /// <param name="storedHeight">The height before turning.</param>
    /// <param name="bytesPerPixel">1 or 3.</param>
    /// <param name="orientation">EXIF's number, 1 to 8.</param>
    public UprightPixels(
        Span<byte> pixels,
        int storedWidth,
        int storedHeight,
        int bytesPerPixel,
        int orientation)
    {
        _pixels = pixels;
        _storedWidth = storedWidth;
        _bytesPerPixel = bytesPerPixel;
        int last = (storedWidth * storedHeight) - 1;
        int right = storedWidth - 1;
        int down = storedHeight - 1;
        (_origin, _alongRow, _alongColumn) = orientation switch
        {
            2 => (right, -1, storedWidth),
            3 => (last, -1, -storedWidth),
            4 => (last - right, 1, -storedWidth),
            5 => (0, storedHeight, 1),
            6 => (down, storedHeight, -1),
            7 => (last, -storedHeight, -1),
            8 => (last - down, -storedHeight, 1),
            _ => (0, 1, storedWidth),
        };
    }

    /// <summary>Puts some rows into place.</summary>
    /// <param name="rows">Whole rows as stored.</param>
    /// <param name="top">The number of the first of them, from 0.</param>
    public void Put(ReadOnlySpan<byte> rows, int top)
    {
        int rowBytes = _storedWidth * _bytesPerPixel;
        if (_alongRow == 1)
        {
            for (int y = 0; y * rowBytes < rows.Length; y++)
            {
                int to = (_origin + ((top + y) * _alongColumn)) * _bytesPerPixel;
                rows.Slice(y * rowBytes, rowBytes).CopyTo(_pixels[to..]);
            }
        }
        else if (_bytesPerPixel == 1)
        {
            Scatter(rows, _pixels, top);
        }
        else
        {
            Scatter(MemoryMarshal.Cast<byte, Rgb>(rows), MemoryMarshal.Cast<byte, Rgb>(_pixels), top);
        }
    }

    private void Scatter<TPixel>(ReadOnlySpan<TPixel> from, Span<TPixel> to, int top)
    {
        int count = from.Length / _storedWidth;
        int start = _origin + (top * _alongColumn);

        if (Math.Abs(_alongRow) == 1)
        {
            for (int y = 0; y < count; y++)
            {
                int at = start + (y * _alongColumn);
                foreach (TPixel pixel in from.Slice(y * _storedWidth, _storedWidth))
                {
                    to[at] = pixel;
                    at += _alongRow;
                }
            }

            return;
        }

        // Columns become rows. In tiles, because each row lies in memory pages of its own and a processor keeps only
        // about 64 of those at hand. Downwards first, so that the pages written to are met again by the next tile.
        for (int left = 0; left < _storedWidth; left += TileWidth)
        {
            int right = Math.Min(left + TileWidth, _storedWidth);
            for (int upper = 0; upper < count; upper += TileHeight)
            {
                int lower = Math.Min(upper + TileHeight, count);
                for (int x = left; x < right; x++)
                {
                    int at = start + (x * _alongRow) + (upper * _alongColumn);
                    int source = (upper * _storedWidth) + x;
                    for (int y = upper; y < lower; y++)
                    {
                        to[at] = from[source];
                        at += _alongColumn;
                        source += _storedWidth;
                    }
                }
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    private struct Rgb
    {
        public byte Red;
        public byte Green;
        public byte Blue;
    }
}
