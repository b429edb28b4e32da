namespace HashMatch.Hashing;

/// <summary>128 by 128 points of a picture, 2 by 2 for each sample of a view, in 65,536ths of a cell.</summary>
/// <param name="cells">Row after row, with room behind to read a row and four cells more.</param>
/// <param name="width">Cells a row.</param>
/// <param name="height">Rows.</param>
/// <param name="view">Where the points lie.</param>
internal readonly unsafe struct PointGrid(byte* cells, int width, int height, in ViewPlacement view)
{
    private const int Samples = BlurLayout.Side;
    private const int One = ViewPlacement.One;

    // From point to point to the right and down; shifts round towards minus infinity.
    private readonly int _downX = (int)(view.DownX >> 6);
    private readonly int _downY = (int)(view.DownY >> 6);

    // The middle of a cell is its value; the first point is half a step inside the corner.
    private readonly int _startX = (int)(view.CenterX - view.HalfX - view.DownX) - (One / 2)
        + (((int)(view.HalfX >> 6) + (int)(view.DownX >> 6)) >> 1);

    private readonly int _startY = (int)(view.CenterY - view.HalfY - view.DownY) - (One / 2)
        + (((int)(view.HalfY >> 6) + (int)(view.DownY >> 6)) >> 1);

    public byte* Cells { get; } = cells;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>From a point to the one right of it.</summary>
    public int RightX { get; } = (int)(view.HalfX >> 6);

    public int RightY { get; } = (int)(view.HalfY >> 6);

    /// <summary>The first point of one of 128 lines.</summary>
    public (int X, int Y) Start(int line) => (_startX + (_downX * line), _startY + (_downY * line));

    /// <summary>Reads a row of samples: what the vector form must equal.</summary>
    /// <param name="row">Which of 64.</param>
    /// <param name="result">Takes 64: 0 to 255.</param>
    public void Read(int row, float* result)
    {
        int* sums = stackalloc int[Samples];
        new Span<int>(sums, Samples).Clear();
        for (int line = 2 * row; line < (2 * row) + 2; line++)
        {
            (int x, int y) = Start(line);
            for (int j = 0; j < 2 * Samples; j++)
            {
                sums[j >> 1] += Blend(x, y);
                x += RightX;
                y += RightY;
            }
        }

        for (int j = 0; j < Samples; j++)
        {
            result[j] = (sums[j] >> 2) * (1f / One);
        }
    }

    // 0 to 255 times 65,536.
    private int Blend(int x, int y)
    {
        // At and beyond the edges the outermost cells go on: the neighbours beyond them have no weight.
        x = Math.Clamp(x, 0, (Width - 1) * One);
        y = Math.Clamp(y, 0, (Height - 1) * One);
        byte* cell = Cells + ((y >> 16) * Width) + (x >> 16);
        int partX = (x >> 8) & 255;
        int partY = (y >> 8) & 255;
        int upper = (cell[0] << 8) + ((cell[1] - cell[0]) * partX);
        int lower = (cell[Width] << 8) + ((cell[Width + 1] - cell[Width]) * partX);
        return (upper << 8) + ((lower - upper) * partY);
    }
}
