using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Two photos in one picture.</summary>
internal static class CompositeSteps
{
    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["collage"] = new(2, arguments =>
        {
            int columns = arguments.Whole(0, 2, 2);
            int rows = arguments.Whole(1, 1, 2);
            return (picture, context) =>
                Collage(picture, context.Donor, columns, rows, context.Draws.Next(columns * rows));
        }, UsesDonor: true),
        ["pip"] = new(1, arguments =>
        {
            double share = arguments.Number(0, 0.05, 0.95);
            return (picture, context) => OnTop(picture, context.Donor, share, context.Draws);
        }, UsesDonor: true),
        ["inset"] = new(1, arguments =>
        {
            double share = arguments.Number(0, 0.05, 0.95);
            return (picture, context) => Inset(picture, context.Donor, share, context.Draws.Next(4));
        }, UsesDonor: true),
    };

    /// <summary>The picture in one cell; the other photo, and its mirror image, in the others.</summary>
    public static Picture Collage(Picture picture, Picture donor, int columns, int rows, int cell)
    {
        (int width, int height) = (picture.Width, picture.Height);
        var collage = new Picture(width * columns, height * rows);
        Picture other = Resampling.Cover(donor, width, height);
        for (int i = 0; i < columns * rows; i++)
        {
            Picture part = i == cell ? picture : rows == 1 || i % 2 == 0 ? other : Turning.MirrorSideways(other);
            collage.Paste(part, i % columns * width, i / columns * height);
        }

        return collage;
    }

    /// <summary>The other photo in one corner: upper left, upper right, lower left, lower right.</summary>
    public static Picture Inset(Picture picture, Picture donor, double share, int corner)
    {
        Picture small = Resampling.FitInto(donor, (int)(picture.Width * share), (int)(picture.Height * share));
        int margin = picture.Width / 40;
        Picture edited = picture.Copy();
        edited.Paste(
            small,
            (corner & 1) == 0 ? margin : picture.Width - small.Width - margin,
            corner >> 1 == 0 ? margin : picture.Height - small.Height - margin);
        return edited;
    }

    // The picture, made smaller, somewhere on the other photo.
    private static Picture OnTop(Picture picture, Picture donor, double share, Random draws)
    {
        Picture edited = Resampling.Cover(donor, picture.Width, picture.Height);
        Picture small = Resampling.Scale(picture, share);
        int left = draws.Next(picture.Width - small.Width + 1);
        edited.Paste(small, left, draws.Next(picture.Height - small.Height + 1));
        return edited;
    }
}
