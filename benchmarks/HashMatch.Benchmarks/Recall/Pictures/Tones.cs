namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>Changes colours pixel by pixel.</summary>
internal static class Tones
{
    /// <summary>Maps each sample, 0 to 1, by a curve.</summary>
    public static Picture Curve(Picture picture, Func<double, double> curve)
    {
        byte[] levels = new byte[256];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = (byte)Math.Clamp((curve(i / 255.0) * 255) + 0.5, 0, 255);
        }

        var mapped = new Picture(picture.Width, picture.Height);
        for (int i = 0; i < mapped.Pixels.Length; i++)
        {
            mapped.Pixels[i] = levels[picture.Pixels[i]];
        }

        return mapped;
    }

    /// <summary>Mixes the channels: nine weights, those of red first.</summary>
    public static Picture Mix(Picture picture, ReadOnlySpan<double> weights)
    {
        var mixed = new Picture(picture.Width, picture.Height);
        for (int i = 0; i < mixed.Pixels.Length; i += Picture.Channels)
        {
            ReadOnlySpan<byte> from = picture.Pixels.AsSpan(i, Picture.Channels);
            for (int c = 0; c < Picture.Channels; c++)
            {
                ReadOnlySpan<double> row = weights.Slice(c * Picture.Channels, Picture.Channels);
                double sum = (row[0] * from[0]) + (row[1] * from[1]) + (row[2] * from[2]);
                mixed.Pixels[i + c] = RowMath.ToByte((float)sum);
            }
        }

        return mixed;
    }
}
