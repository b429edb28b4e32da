using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>
/// The three hashes of 64 bits that CoenM.ImageHash offers, by their published definitions (N. Krawetz, "Looks Like
/// It", 2011, and "Kind of Like That", 2013). The first bit is the most significant.
/// </summary>
/// <remarks>Pictures are made smaller by this tool's own filter, colours first, then grey by BT.601.</remarks>
internal static class SmallHash
{
    private const int Side = 8;
    private const int TransformSide = 64;

    // Row k: the cosine of frequency k over the samples, in the orthonormal scale.
    private static readonly double[,] Cosines = MakeCosines();

    /// <summary>aHash: 8 x 8 squares; a bit is set where one is no darker than their mean, rounded down.</summary>
    public static ulong Average(Picture picture)
    {
        int[] levels = Grey(picture, Side, Side);
        int mean = levels.Sum() / levels.Length;
        return Bits(levels.Select(level => level >= mean));
    }

    /// <summary>dHash: 9 x 8 squares; a bit is set where one is darker than its right neighbour.</summary>
    public static ulong Difference(Picture picture)
    {
        const int Columns = Side + 1;
        int[] levels = Grey(picture, Columns, Side);
        return Bits(
            from y in Enumerable.Range(0, Side)
            from x in Enumerable.Range(0, Side)
            let at = (y * Columns) + x
            select levels[at] < levels[at + 1]);
    }

    /// <summary>
    /// pHash: the lowest 8 x 8 frequencies, with the mean, of 64 x 64 squares; a bit is set where one is above their
    /// median. Eight bits of one horizontal frequency stand together.
    /// </summary>
    public static ulong Frequencies(Picture picture)
    {
        int[] levels = Grey(picture, TransformSide, TransformSide);
        double[] half = new double[TransformSide * Side];
        for (int y = 0; y < TransformSide; y++)
        {
            for (int k = 0; k < Side; k++)
            {
                double sum = 0;
                for (int x = 0; x < TransformSide; x++)
                {
                    sum += levels[(y * TransformSide) + x] * Cosines[k, x];
                }

                half[(y * Side) + k] = sum;
            }
        }

        double[] lowest = new double[Side * Side];
        for (int across = 0; across < Side; across++)
        {
            for (int down = 0; down < Side; down++)
            {
                double sum = 0;
                for (int y = 0; y < TransformSide; y++)
                {
                    sum += half[(y * Side) + across] * Cosines[down, y];
                }

                lowest[(across * Side) + down] = sum;
            }
        }

        double[] sorted = [.. lowest.Order()];
        double median = (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        return Bits(lowest.Select(value => value > median));
    }

    private static int[] Grey(Picture picture, int width, int height) =>
    [
        .. Resampling.Resize(picture, width, height).Pixels.Chunk(Picture.Channels).Select(pixel =>
            (int)((0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]) + 0.5)),
    ];

    private static ulong Bits(IEnumerable<bool> bits) =>
        bits.Aggregate(0UL, (hash, bit) => (hash << 1) | (bit ? 1UL : 0));

    private static double[,] MakeCosines()
    {
        double[,] cosines = new double[Side, TransformSide];
        for (int k = 0; k < Side; k++)
        {
            double scale = Math.Sqrt((k == 0 ? 1.0 : 2.0) / TransformSide);
            for (int x = 0; x < TransformSide; x++)
            {
                cosines[k, x] = scale * Math.Cos(((2 * x) + 1) * k * Math.PI / (2 * TransformSide));
            }
        }

        return cosines;
    }
}
