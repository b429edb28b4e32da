namespace HashMatch.Hashing;

/// <summary>Which pixels a row of cells of <see cref="ReducedLuma"/> is the mean of.</summary>
/// <param name="columns">
/// In bytes from the start of a row: the first pick of each cell, then the second of each if there are two.
/// </param>
/// <param name="width">The number of cells.</param>
/// <param name="across">Picks of a cell in one row of pixels: 1 or 2.</param>
/// <param name="down">Rows of pixels that are picked from: 1 or 2.</param>
/// <param name="format">The form of a pixel.</param>
internal readonly unsafe struct CellPicks(int* columns, int width, int across, int down, PixelFormat format)
{
    public const int Red = 77;
    public const int Green = 150;
    public const int Blue = 29;

    /// <summary>The weights of red, green and blue together, as a shift.</summary>
    public const int UnitBits = 8;

    public int* Columns { get; } = columns;

    public int Width { get; } = width;

    public int Across { get; } = across;

    public int Down { get; } = down;

    public PixelFormat Format { get; } = format;

    /// <summary>What divides the sum of a cell's weighed picks, as a shift.</summary>
    public int Shift { get; } = UnitBits + (across - 1) + (down - 1);

    /// <summary>Takes the means, one cell after the other: what the vector form must equal.</summary>
    /// <param name="rows">The rows of pixels that are picked from.</param>
    /// <param name="cells">Takes as many as the row has.</param>
    public void Mean(byte** rows, byte* cells)
    {
        for (int x = 0; x < Width; x++)
        {
            // Rounded by adding half of what is divided by.
            int sum = 1 << (Shift - 1);
            for (int row = 0; row < Down; row++)
            {
                for (int pick = 0; pick < Across; pick++)
                {
                    sum += Weigh(rows[row] + Columns[(pick * Width) + x], Format);
                }
            }

            cells[x] = (byte)(sum >> Shift);
        }
    }

    private static int Weigh(byte* pixel, PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => pixel[0] << UnitBits,
        PixelFormat.Rgb24 => (Red * pixel[0]) + (Green * pixel[1]) + (Blue * pixel[2]),
        PixelFormat.Rgba32 => WeighOverWhite(pixel[0], pixel[1], pixel[2], pixel[3]),
        _ => WeighOverWhite(pixel[2], pixel[1], pixel[0], pixel[3]),
    };

    private static int WeighOverWhite(int red, int green, int blue, int alpha) =>
        (Red * Luma.OverWhite(red, alpha)) + (Green * Luma.OverWhite(green, alpha))
            + (Blue * Luma.OverWhite(blue, alpha));
}
