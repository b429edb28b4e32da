using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    private int[] _columns = [];

    /// <summary>Cells a row: 1 to <see cref="MaxSide"/>.</summary>
    public int Width { get; private set; }

    /// <summary>Rows: 1 to <see cref="MaxSide"/>.</summary>
    public int Height { get; private set; }

    /// <summary>Row after row; behind the last one there is room to read a row and a few more.</summary>
    public byte[] Cells { get; private set; } = [];

    /// <summary>Cells a row at half the scale; at least 1. Cell (x, y) there is the mean of 2 by 2 here.</summary>
    public int HalfWidth { get; private set; }

    /// <summary>Rows at half the scale; at least 1.</summary>
    public int HalfHeight { get; private set; }

    /// <summary>The cells at half the scale, with room behind them too.</summary>
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
        Cells = Enough(Cells, Room(Width, Height));
        int across = Picks(width, Width);
        int down = Picks(height, Height);
        int pixelBytes = Luma.BytesPerPixel(format);
        FindColumns(width, across, pixelBytes);
        byte* end = pixels + ((height - 1) * stride) + ((long)width * pixelBytes);
        byte** rows = stackalloc byte*[MostPicks];
        fixed (int* columns = _columns)
        fixed (byte* cells = Cells)
        {
            var picks = new CellPicks(columns, Width, across, down, format);
            int lastColumn = columns[(Width * across) - 1];
            for (int y = 0; y < Height; y++)
            {
                for (int k = 0; k < down; k++)
                {
                    long row = (((2L * ((y * down) + k)) + 1) * height) / (2L * Height * down);
                    rows[k] = pixels + (row * stride);
                }

                bool mayReadOn = end - rows[down - 1] >= lastColumn + CellPicks256.BytesRead;
                if (Avx2.IsSupported && Width >= CellPicks256.LeastWidth && mayReadOn)
                {
                    CellPicks256.Mean(picks, rows, cells + (y * Width));
                }
                else
                {
                    picks.Mean(rows, cells + (y * Width));
                }
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

    // Points of a view on the last cells are read with a right and a lower neighbour, of weight zero.
    internal static int Room(int width, int height) => (width * (height + 1)) + sizeof(int);

    private void FindColumns(int width, int across, int pixelBytes)
    {
        int count = Width * across;
        _columns = Enough(_columns, count);
        for (int x = 0; x < Width; x++)
        {
            for (int pick = 0; pick < across; pick++)
            {
                long k = (x * across) + pick;
                _columns[(pick * Width) + x] = (int)((((2 * k) + 1) * width) / (2L * count)) * pixelBytes;
            }
        }
    }

    private void Halve()
    {
        HalfWidth = Math.Max(1, Width / 2);
        HalfHeight = Math.Max(1, Height / 2);
        HalfCells = Enough(HalfCells, Room(HalfWidth, HalfHeight));
        int right = Math.Min(1, Width - 1);
        int below = Height > 1 ? Width : 0;
        for (int y = 0; y < HalfHeight; y++)
        {
            ReadOnlySpan<byte> upper = Cells.AsSpan(2 * y * Width, Width);
            ReadOnlySpan<byte> lower = Cells.AsSpan((2 * y * Width) + below, Width);
            Span<byte> means = HalfCells.AsSpan(y * HalfWidth, HalfWidth);
            int x = 0;
            for (; x <= means.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                Vector128<ushort> first = HalfSums(upper[(2 * x)..], lower[(2 * x)..]);
                Vector128<ushort> second = HalfSums(upper[((2 * x) + 16)..], lower[((2 * x) + 16)..]);
                Vector128.Narrow(first >>> 2, second >>> 2).CopyTo(means[x..]);
            }

            for (; x < means.Length; x++)
            {
                int sum = upper[2 * x] + upper[(2 * x) + right] + lower[2 * x] + lower[(2 * x) + right];
                means[x] = (byte)((sum + 2) >> 2);
            }
        }
    }

    // Two by two cells and what rounds them: the even ones are the low halves of 16 bits, the odd ones the high halves.
    private static Vector128<ushort> HalfSums(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower)
    {
        Vector128<ushort> above = Vector128.Create(upper).AsUInt16();
        Vector128<ushort> below = Vector128.Create(lower).AsUInt16();
        Vector128<ushort> low = Vector128.Create((ushort)0xFF);
        return (above & low) + (above >>> 8) + (below & low) + (below >>> 8) + Vector128.Create((ushort)2);
    }
}
