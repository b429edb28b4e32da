using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Something around the whole picture: borders, letterboxes, stories, printed frames.</summary>
internal static class BorderSteps
{
    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["border"] = new(2, arguments =>
        {
            Colour colour = arguments.Colour(0);
            double share = arguments.Number(1, 0, 1);
            return (picture, _) =>
            {
                int border = (int)(Math.Min(picture.Width, picture.Height) * share);
                return Around(picture, border, border, colour);
            };
        }),
        ["pad"] = new(3, arguments =>
        {
            Colour colour = arguments.Colour(0);
            double across = arguments.Number(1, 0, 1);
            double down = arguments.Number(2, 0, 1);
            return (picture, _) =>
                Around(picture, (int)(picture.Width * across), (int)(picture.Height * down), colour);
        }),
        ["pad_aspect"] = new(3, arguments =>
        {
            string ground = arguments.Word(0, "black", "white", "blur");
            double aspect = arguments.Number(1, 1, 100) / arguments.Number(2, 1, 100);
            return (picture, _) => ToAspect(picture, aspect, ground);
        }),
        ["polaroid"] = new(0, _ => (picture, _) => Polaroid(picture), IsFrame: true),
    };

    /// <summary>Puts the picture onto the smallest ground of some proportions that holds it.</summary>
    public static Picture ToAspect(Picture picture, double aspect, string ground)
    {
        bool isWider = (double)picture.Width / picture.Height > aspect;
        int width = isWider ? picture.Width : (int)(picture.Height * aspect);
        int height = isWider ? (int)(picture.Width / aspect) : picture.Height;
        Picture padded = ground == "blur"
            ? BlurredGround(picture, width, height)
            : Picture.Filled(width, height, ground == "white" ? Colour.White : Colour.Black);
        padded.Paste(picture, (width - picture.Width) / 2, (height - picture.Height) / 2);
        return padded;
    }

    /// <summary>A white print with a broad lower edge, on which something is written.</summary>
    public static Picture Polaroid(Picture picture)
    {
        const string Written = "SUMMER 2024";
        int border = picture.LongerSide / 16;
        var print = Picture.Filled(
            picture.Width + (2 * border), picture.Height + (5 * border), new Colour(250, 249, 245));
        print.Paste(picture, border, border);
        double size = border * 1.2;
        int left = (int)((print.Width - Lettering.Width(Written, size)) / 2);
        Lettering.Write(print, Written, left, picture.Height + (2 * border), size, new Colour(60, 60, 70));
        return print;
    }

    private static Picture Around(Picture picture, int across, int down, Colour colour)
    {
        var bordered = Picture.Filled(picture.Width + (2 * across), picture.Height + (2 * down), colour);
        bordered.Paste(picture, across, down);
        return bordered;
    }

    // What story editors put behind a picture: itself, enlarged, blurred and darkened. It is blurred while it is small.
    private static Picture BlurredGround(Picture picture, int width, int height)
    {
        const int Reduction = 8;
        double factor = Math.Max((double)width / picture.Width, (double)height / picture.Height);
        Picture small = Resampling.Resize(
            picture, Math.Max(2, picture.Width / Reduction), Math.Max(2, picture.Height / Reduction));
        Picture large = Resampling.Resize(
            Blurring.Blur(small, 3), (int)((picture.Width * factor) + 1), (int)((picture.Height * factor) + 1));
        return Tones.Curve(large.CropCentre(width, height), level => level * 0.8);
    }
}
