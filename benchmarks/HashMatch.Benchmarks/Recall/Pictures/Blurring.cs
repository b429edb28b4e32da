namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>A Gaussian blur; a wide one is made of three running means, which come close to it.</summary>
internal static class Blurring
{
    // Below it running means, whose radius is a whole number, are too coarse.
    private const double LeastForMeans = 1.2;

    /// <summary>Blurs by a standard deviation in pixels; beyond the edge the picture goes on as at the edge.</summary>
    public static Picture Blur(Picture picture, double sigma)
    {
        if (sigma < LeastForMeans)
        {
            return Convolve(picture, Gaussian(sigma));
        }

        // Three means over 2 r + 1 have the variance r (r + 1).
        int radius = Math.Max(1, (int)Math.Round((Math.Sqrt((4 * sigma * sigma) + 1) - 1) / 2));
        Picture blurred = picture;
        for (int pass = 0; pass < 3; pass++)
        {
            blurred = MeanOfRows(MeanOfColumns(blurred, radius), radius);
        }

        return blurred;
    }

    private static float[] Gaussian(double sigma)
    {
        int reach = (int)Math.Ceiling(3 * sigma);
        double[] weights =
        [
            .. Enumerable.Range(-reach, (2 * reach) + 1).Select(i => Math.Exp(-(double)i * i / (2 * sigma * sigma))),
        ];
        double sum = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    private static Picture Convolve(Picture picture, float[] weights)
    {
        int reach = weights.Length / 2;
        int length = picture.Width * Picture.Channels;
        int margin = reach * Picture.Channels;
        var blurred = new Picture(picture.Width, picture.Height);
        float[] wide = new float[length + (2 * margin)];
        float[] sum = new float[length];
        for (int y = 0; y < picture.Height; y++)
        {
            Array.Clear(wide);
            for (int i = -reach; i <= reach; i++)
            {
                ReadOnlySpan<byte> row = picture.Row(Math.Clamp(y + i, 0, picture.Height - 1));
                RowMath.AddScaled(wide.AsSpan(margin, length), row, weights[i + reach]);
            }

            for (int i = 0; i < margin; i++)
            {
                wide[i] = wide[margin + (i % Picture.Channels)];
                wide[margin + length + i] = wide[margin + length - Picture.Channels + (i % Picture.Channels)];
            }

            Array.Clear(sum);
            for (int i = 0; i < weights.Length; i++)
            {
                RowMath.AddScaled(sum, wide.AsSpan(i * Picture.Channels, length), weights[i]);
            }

            RowMath.Round(sum, blurred.Row(y));
        }

        return blurred;
    }

    private static Picture MeanOfRows(Picture picture, int radius)
    {
        var mean = new Picture(picture.Width, picture.Height);
        int last = picture.Width - 1;
        float share = 1f / ((2 * radius) + 1);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> row = picture.Row(y);
            Span<byte> destination = mean.Row(y);
            for (int c = 0; c < Picture.Channels; c++)
            {
                int sum = 0;
                for (int i = -radius; i <= radius; i++)
                {
                    sum += row[(Math.Clamp(i, 0, last) * Picture.Channels) + c];
                }

                for (int x = 0; x <= last; x++)
                {
                    destination[(x * Picture.Channels) + c] = (byte)((sum * share) + 0.5f);
                    sum += row[(Math.Min(last, x + radius + 1) * Picture.Channels) + c]
                        - row[(Math.Max(0, x - radius) * Picture.Channels) + c];
                }
            }
        }

        return mean;
    }

    private static Picture MeanOfColumns(Picture picture, int radius)
    {
        var mean = new Picture(picture.Width, picture.Height);
        int last = picture.Height - 1;
        float share = 1f / ((2 * radius) + 1);
        int[] sums = new int[picture.Width * Picture.Channels];
        for (int i = -radius; i <= radius; i++)
        {
            Add(sums, picture.Row(Math.Clamp(i, 0, last)));
        }

        for (int y = 0; y <= last; y++)
        {
            Span<byte> destination = mean.Row(y);
            ReadOnlySpan<byte> entering = picture.Row(Math.Min(last, y + radius + 1));
            ReadOnlySpan<byte> leaving = picture.Row(Math.Max(0, y - radius));
            for (int i = 0; i < sums.Length; i++)
            {
                destination[i] = (byte)((sums[i] * share) + 0.5f);
                sums[i] += entering[i] - leaving[i];
            }
        }

        return mean;
    }

    private static void Add(Span<int> sums, ReadOnlySpan<byte> row)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += row[i];
        }
    }
}
