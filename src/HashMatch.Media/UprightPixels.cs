using System.Runtime.InteropServices;

namespace HashMatch.Media;

/// <summary>Puts decoded rows where they belong in the upright picture, so that turning costs no second buffer.</summary>
internal readonly ref struct UprightPixels
{
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

        // Where columns become rows, walk down the columns: what is written then lies together, and the rows read
        // from are few enough to stay in the cache.
        if (Math.Abs(_alongColumn) == 1)
        {
            for (int x = 0; x < _storedWidth; x++)
            {
                int at = start + (x * _alongRow);
                for (int y = 0; y < count; y++)
                {
                    to[at] = from[(y * _storedWidth) + x];
                    at += _alongColumn;
                }
            }
        }
        else
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
