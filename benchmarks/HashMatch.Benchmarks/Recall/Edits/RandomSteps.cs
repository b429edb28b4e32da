using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Steps whose strength is drawn anew for each photo, so that no grid of views is favoured.</summary>
internal static class RandomSteps
{
    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["crop_rand"] = new(1, arguments =>
        {
            double most = arguments.Number(0, 0, 0.45);
            return (picture, context) => CropSides(picture, most, context.Draws);
        }),
        ["zoom_rand"] = new(2, arguments =>
        {
            double least = arguments.Number(0, 0.05, 1);
            double most = arguments.Number(1, least, 1);
            return (picture, context) => Zoom(picture, Between(least, most, context.Draws), context.Draws);
        }),
        ["rot_rand"] = new(2, arguments =>
        {
            double least = arguments.Number(0, 0, 45);
            double most = arguments.Number(1, least, 45);
            return (picture, context) => TurnSteps.RotateInside(
                picture, TurnSteps.EitherWay(Between(least, most, context.Draws), context.Draws));
        }),
        ["border_rand"] = new(1, arguments =>
        {
            double most = arguments.Number(0, 0, 1);
            return (picture, context) => Border(picture, most, context.Draws);
        }),
        ["stretch_rand"] = new(1, arguments =>
        {
            double most = arguments.Number(0, 0, 0.9);
            return (picture, context) => Resampling.Resize(
                picture, (int)(picture.Width * (1 + Between(-most, most, context.Draws))), picture.Height);
        }),
    };

    private static double Between(double least, double most, Random draws) =>
        least + ((most - least) * draws.NextDouble());

    // Each side by a share of its own.
    private static Picture CropSides(Picture picture, double most, Random draws)
    {
        (int left, int right, int top, int bottom) = Sides(picture, most, draws);
        return picture.Crop(left, top, picture.Width - left - right, picture.Height - top - bottom);
    }

    // A part of the same proportions, anywhere.
    private static Picture Zoom(Picture picture, double share, Random draws)
    {
        int width = (int)(picture.Width * share);
        int height = (int)(picture.Height * share);
        int left = draws.Next(picture.Width - width + 1);
        return picture.Crop(left, draws.Next(picture.Height - height + 1), width, height);
    }

    // Of one colour, and on each side of a breadth of its own.
    private static Picture Border(Picture picture, double most, Random draws)
    {
        (int left, int right, int top, int bottom) = Sides(picture, most, draws);
        var colour = new Colour((byte)draws.Next(256), (byte)draws.Next(256), (byte)draws.Next(256));
        var bordered = Picture.Filled(picture.Width + left + right, picture.Height + top + bottom, colour);
        bordered.Paste(picture, left, top);
        return bordered;
    }

    private static (int Left, int Right, int Top, int Bottom) Sides(Picture picture, double most, Random draws)
    {
        int left = (int)(picture.Width * most * draws.NextDouble());
        int right = (int)(picture.Width * most * draws.NextDouble());
        int top = (int)(picture.Height * most * draws.NextDouble());
        return (left, right, top, (int)(picture.Height * most * draws.NextDouble()));
    }
}
