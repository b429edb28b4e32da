namespace HashMatch.Hashing;

/// <summary>A picture in whole grey levels, at most 384 pixels a side, and once more at half of that.</summary>
/// <remarks>
/// All views but the raw one, and the search for frames, are made from it: one look at a large picture instead of
/// sixteen. A cell is the mean of up to 2 by 2 pixels picked evenly from what it covers. All arithmetic is in integers,
/// so that any language makes the same cells.
/// </remarks>
internal sealed class ReducedLuma
{
    /// <summary>The most cells a side.</summary>
    public const int MaxSide = 384;

    private const int MostPicks = 2;
    private const int Red = 77;
    private const int Green = 150;
    private const int Blue = 29;
    private const int Unit = Red + Green + Blue;

    private int[] _columns = [];
    private int[] _sums = [];

    /// <summary>Cells a row: 1 to <see cref="MaxSide"/>.</summary>
    public int Width { get; private set; }

    /// <summary>Rows: 1 to <see cref="MaxSide"/>.</summary>
    public int Height { get; private set; }

    /// <summary>Row after row, at least as many as there are cells.</summary>
    public byte[] Cells { get; private set; } = [];

    /// <summary>Cells a row at half the scale; at least 1. Cell (x, y) there is the mean of 2 by 2 here.</summary>
    public int HalfWidth { get; private set; }

    /// <summary>Rows at half the scale; at least 1.</summary>
    public int HalfHeight { get; private set; }

    /// <summary>The cells at half the scale.</summary>
    public byte[] HalfCells { get; private set; } = [];

    /// <summary>The whole of it.</summary>
    public PixelBox Bounds => new(0, 0, Width, Height);

    /// <summary>Takes a picture.</summary>
    /// <param name="pixels">The first pixel.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="format">The form of a pixel.</param>
    public unsafe void Take(byte* pixels, int width, int height, long stride, PixelFormat format)
    {
        int longer = Math.Max(width, height);
        Width = longer <= MaxSide ? width : Reduced(width, longer);
        Height = longer <= MaxSide ? height : Reduced(height, longer);
        Cells = Enough(Cells, Width * Height);
        _sums = Enough(_sums, Width);
        int across = Picks(width, Width);
        int down = Picks(height, Height);
        FindColumns(width, across, Luma.BytesPerPixel(format));

        // Rounded by adding half of what is divided by.
        int divisor = Unit * across * down;
        for (int y = 0; y < Height; y++)
        {
            Array.Fill(_sums, divisor / 2, 0, Width);
            for (int k = 0; k < down; k++)
            {
                long row = (((2L * ((y * down) + k)) + 1) * height) / (2L * Height * down);
                AddRow(pixels + (row * stride), across, format);
            }

            Span<byte> cells = Cells.AsSpan(y * Width, Width);
            for (int x = 0; x < cells.Length; x++)
            {
                cells[x] = (byte)(_sums[x] / divisor);
            }
        }

        Halve();
    }

    // Rounded to the nearest, and never to nothing.
    private static int Reduced(int side, int longer) =>
        (int)Math.Max(1, ((2L * side * MaxSide) + longer) / (2L * longer));

    // One pixel is enough where none is left out. A sample of a view is a mean of at least 16 cells' picks, so two are
    // enough for any picture.
    private static int Picks(int pixels, int cells) => pixels == cells ? 1 : MostPicks;

    private static T[] Enough<T>(T[] array, int length) => array.Length >= length ? array : new T[length];

    private static unsafe int Weigh(byte* pixel, PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => Unit * pixel[0],
        PixelFormat.Rgba32 => WeighOverWhite(pixel[0], pixel[1], pixel[2], pixel[3]),
        _ => WeighOverWhite(pixel[2], pixel[1], pixel[0], pixel[3]),
    };

    private static int WeighOverWhite(int red, int green, int blue, int alpha) =>
        (Red * Luma.OverWhite(red, alpha)) + (Green * Luma.OverWhite(green, alpha))
            + (Blue * Luma.OverWhite(blue, alpha));

    private void FindColumns(int width, int picks, int pixelBytes)
    {
        int count = Width * picks;
        _columns = Enough(_columns, count);
        for (int k = 0; k < count; k++)
        {
            _columns[k] = (int)((((2L * k) + 1) * width) / (2L * count)) * pixelBytes;
        }
    }

    private unsafe void AddRow(byte* row, int picks, PixelFormat format)
    {
        fixed (int* columns = _columns)
        fixed (int* sums = _sums)
        {
            int* column = columns;
            for (int x = 0; x < Width; x++)
            {
                int sum = 0;
                for (int* end = column + picks; column < end; column++)
                {
                    byte* pixel = row + *column;
                    sum += format == PixelFormat.Rgb24
                        ? (Red * pixel[0]) + (Green * pixel[1]) + (Blue * pixel[2])
                        : Weigh(pixel, format);
                }

                sums[x] += sum;
            }
        }
    }

    private void Halve()
    {
        HalfWidth = Math.Max(1, Width / 2);
        HalfHeight = Math.Max(1, Height / 2);
        HalfCells = Enough(HalfCells, HalfWidth * HalfHeight);
        int right = Math.Min(1, Width - 1);
        int below = Height > 1 ? Width : 0;
        for (int y = 0; y < HalfHeight; y++)
        {
            for (int x = 0; x < HalfWidth; x++)
            {
                int at = (2 * y * Width) + (2 * x);
                int sum = Cells[at] + Cells[at + right] + Cells[at + below] + Cells[at + below + right];
                HalfCells[(y * HalfWidth) + x] = (byte)((sum + 2) >> 2);
            }
        }
    }
}
