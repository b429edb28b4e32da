namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>
/// Where a point of a new picture comes from in the old one: (a x + b y + c, d x + e y + f) / (g x + h y + 1).
/// </summary>
internal readonly record struct Projection(
    double A, double B, double C, double D, double E, double F, double G = 0, double H = 0)
{
    /// <summary>Turns by an angle (clockwise if positive) about the middle of both pictures.</summary>
    public static Projection Rotation(double radians, Picture old, int width, int height)
    {
        (double sine, double cosine) = Math.SinCos(radians);
        (double x, double y) = (width / 2.0, height / 2.0);
        return new Projection(
            cosine,
            sine,
            (old.Width / 2.0) - (cosine * x) - (sine * y),
            -sine,
            cosine,
            (old.Height / 2.0) + (sine * x) - (cosine * y));
    }

    /// <summary>Brings the corners of a picture, clockwise from the upper left, to four places.</summary>
    public static Projection CornersTo(ReadOnlySpan<(double X, double Y)> places, int width, int height)
    {
        ReadOnlySpan<(double X, double Y)> corners = [(0, 0), (width, 0), (width, height), (0, height)];
        double[,] equations = new double[8, 9];
        for (int i = 0; i < 4; i++)
        {
            AddEquation(equations, 2 * i, 0, places[i], corners[i].X);
            AddEquation(equations, (2 * i) + 1, 3, places[i], corners[i].Y);
        }

        double[] s = Solve(equations);
        return new Projection(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    /// <summary>Makes the new picture, mixing the four old pixels about each point.</summary>
    /// <param name="old">The picture that pixels come from.</param>
    /// <param name="width">The width of the new one.</param>
    /// <param name="height">The height of the new one.</param>
    /// <param name="around">What lies outside of the old one.</param>
    public Picture Apply(Picture old, int width, int height, Colour around)
    {
        var picture = new Picture(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < width; x++)
            {
                double px = x + 0.5;
                double py = y + 0.5;
                double w = 1 / ((G * px) + (H * py) + 1);
                double u = (((A * px) + (B * py) + C) * w) - 0.5;
                double v = (((D * px) + (E * py) + F) * w) - 0.5;
                Mix(old, u, v, around, row.Slice(x * Picture.Channels, Picture.Channels));
            }
        }

        return picture;
    }

    private static void Mix(Picture old, double u, double v, Colour around, Span<byte> pixel)
    {
        // Written so that what is no number counts as outside.
        if (!(u >= -0.5 && v >= -0.5 && u <= old.Width - 0.5 && v <= old.Height - 0.5))
        {
            (pixel[0], pixel[1], pixel[2]) = (around.Red, around.Green, around.Blue);
            return;
        }

        float across = (float)Math.Clamp(u, 0, old.Width - 1);
        float down = (float)Math.Clamp(v, 0, old.Height - 1);
        int x = Math.Min((int)across, Math.Max(0, old.Width - 2));
        int y = Math.Min((int)down, Math.Max(0, old.Height - 2));
        across -= x;
        down -= y;
        int at = ((y * old.Width) + x) * Picture.Channels;
        int right = old.Width > 1 ? Picture.Channels : 0;
        int below = old.Height > 1 ? old.Width * Picture.Channels : 0;
        byte[] pixels = old.Pixels;
        for (int c = 0; c < Picture.Channels; c++, at++)
        {
            float upper = pixels[at] + ((pixels[at + right] - pixels[at]) * across);
            float lower = pixels[at + below] + ((pixels[at + below + right] - pixels[at + below]) * across);
            pixel[c] = (byte)(upper + ((lower - upper) * down) + 0.5f);
        }
    }

    // One coordinate of one corner: s0 x + s1 y + s2 - corner (s6 x + s7 y) = corner.
    private static void AddEquation(double[,] equations, int row, int column, (double X, double Y) place, double corner)
    {
        equations[row, column] = place.X;
        equations[row, column + 1] = place.Y;
        equations[row, column + 2] = 1;
        equations[row, 6] = -corner * place.X;
        equations[row, 7] = -corner * place.Y;
        equations[row, 8] = corner;
    }

    // Gauss and Jordan, with the largest pivot.
    private static double[] Solve(double[,] equations)
    {
        const int Count = 8;
        for (int column = 0; column < Count; column++)
        {
            int pivot = Enumerable.Range(column, Count - column).MaxBy(row => Math.Abs(equations[row, column]));
            for (int i = 0; i <= Count; i++)
            {
                (equations[column, i], equations[pivot, i]) = (equations[pivot, i], equations[column, i]);
            }

            for (int row = 0; row < Count; row++)
            {
                double factor = row == column ? 0 : equations[row, column] / equations[column, column];
                for (int i = column; i <= Count && factor != 0; i++)
                {
                    equations[row, i] -= factor * equations[column, i];
                }
            }
        }

        return [.. Enumerable.Range(0, Count).Select(i => equations[i, Count] / equations[i, i])];
    }
}
