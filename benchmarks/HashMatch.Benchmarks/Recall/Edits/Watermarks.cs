using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Names of sites, written over the picture.</summary>
internal static class Watermarks
{
    private const double LeastSize = 8;

    /// <summary>Small and everywhere, every other line shifted.</summary>
    public static Picture Tiled(Picture picture, double opacity)
    {
        Picture marked = picture.Copy();
        double size = Math.Max(LeastSize, picture.Width / 28.0);
        for (int line = 0; line * (int)(size * 3) < picture.Height; line++)
        {
            for (int x = -(line % 2) * (int)(size * 5); x < picture.Width; x += (int)(size * 10))
            {
                Lettering.Write(marked, "@SOMESITE", x, line * (int)(size * 3), size, Colour.White, opacity);
            }
        }

        return marked;
    }

    /// <summary>On a darker patch in the lower right corner.</summary>
    public static Picture InCorner(Picture picture)
    {
        const string Name = "SOMESITE.XYZ";
        Picture marked = picture.Copy();
        double size = Math.Max(LeastSize, picture.Width / 22.0);
        double width = Lettering.Width(Name, size);
        Painting.Fill(
            marked,
            (int)(picture.Width - width - size),
            (int)(picture.Height - (2 * size)),
            (int)(width + size) + 1,
            (int)(2 * size) + 1,
            Colour.Black,
            0.4);
        Lettering.Write(
            marked,
            Name,
            (int)(picture.Width - width - (size / 2)),
            (int)(picture.Height - (1.5 * size)),
            size,
            Colour.White,
            0.9);
        return marked;
    }

    /// <summary>One word over nine tenths of the width.</summary>
    public static Picture Across(Picture picture, double opacity)
    {
        const string Word = "PREVIEW";
        Picture marked = picture.Copy();
        double size = picture.Width * 0.9 / Lettering.Width(Word, 1);
        Lettering.Write(
            marked,
            Word,
            (int)(picture.Width * 0.05),
            (int)((picture.Height - size) / 2),
            size,
            Colour.White,
            opacity);
        return marked;
    }
}
