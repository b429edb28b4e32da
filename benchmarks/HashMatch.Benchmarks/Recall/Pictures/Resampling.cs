namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>
/// Brings a picture to another size: a triangle filter, as wide as a new pixel where the picture shrinks, so that
/// nothing is skipped.
/// </summary>
internal static class Resampling
{
    /// <summary>Gives a picture of that size, to one pixel at least.</summary>
    public static Picture Resize(Picture picture, int width, int height)
    {
        (width, height) = (Math.Max(1, width), Math.Max(1, height));
        if (width == picture.Width && height == picture.Height)
        {
            return picture.Copy();
        }

        // Rows first: whole rows are added at a time, and where the picture shrinks fewer are left for the second pass.
        var resized = new Picture(width, height);
        Taps[] rows = Taps.Make(picture.Height, height);
        Taps[] columns = Taps.Make(picture.Width, width);
        float[] sum = new float[picture.Width * Picture.Channels];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sum);
            for (int i = 0; i < rows[y].Weights.Length; i++)
            {
                RowMath.AddScaled(sum, picture.Row(rows[y].First + i), rows[y].Weights[i]);
            }

            ResizeRow(sum, columns, resized.Row(y));
        }

        return resized;
    }

    /// <summary>Gives the picture times a factor.</summary>
    public static Picture Scale(Picture picture, double factor) =>
        Resize(picture, (int)(picture.Width * factor), (int)(picture.Height * factor));

    /// <summary>Gives the picture as large as it goes into a frame.</summary>
    public static Picture FitInto(Picture picture, int width, int height) =>
        Scale(picture, Math.Min((double)width / picture.Width, (double)height / picture.Height));

    /// <summary>Gives the middle of the picture, as much as fills a frame.</summary>
    public static Picture Cover(Picture picture, int width, int height)
    {
        double factor = Math.Max((double)width / picture.Width, (double)height / picture.Height);
        Picture large = Resize(
            picture,
            Math.Max(width, (int)((picture.Width * factor) + 1)),
            Math.Max(height, (int)((picture.Height * factor) + 1)));
        return large.CropCentre(width, height);
    }

    private static void ResizeRow(ReadOnlySpan<float> row, Taps[] columns, Span<byte> destination)
    {
        for (int x = 0; x < columns.Length; x++)
        {
            (float red, float green, float blue) = (0, 0, 0);
            int at = columns[x].First * Picture.Channels;
            foreach (float weight in columns[x].Weights)
            {
                red += weight * row[at];
                green += weight * row[at + 1];
                blue += weight * row[at + 2];
                at += Picture.Channels;
            }

            destination[x * Picture.Channels] = RowMath.ToByte(red);
            destination[(x * Picture.Channels) + 1] = RowMath.ToByte(green);
            destination[(x * Picture.Channels) + 2] = RowMath.ToByte(blue);
        }
    }

    /// <summary>Which old samples make one new sample, and how much of each.</summary>
    private readonly record struct Taps(int First, float[] Weights)
    {
        public static Taps[] Make(int oldCount, int newCount)
        {
            var taps = new Taps[newCount];
            double scale = (double)oldCount / newCount;
            double reach = Math.Max(1, scale);
            for (int i = 0; i < newCount; i++)
            {
                double centre = (i + 0.5) * scale;
                int first = Math.Max(0, (int)Math.Floor(centre - reach));
                int end = Math.Min(oldCount, (int)Math.Ceiling(centre + reach));
                double[] weights =
                [
                    .. Enumerable.Range(first, end - first)
                        .Select(old => Math.Max(0, 1 - (Math.Abs(old + 0.5 - centre) / reach))),
                ];
                double sum = weights.Sum();
                taps[i] = new Taps(first, [.. weights.Select(weight => (float)(weight / sum))]);
            }

            return taps;
        }
    }
}
