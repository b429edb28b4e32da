using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Parts of a picture.</summary>
internal static class CropSteps
{
    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["crop_center"] = new(1, arguments =>
        {
            double share = arguments.Share(0);
            return (picture, _) => Centre(picture, share);
        }),
        ["crop_side"] = new(1, arguments =>
        {
            double share = arguments.Share(0);
            return (picture, context) => Side(picture, share, context.Draws.Next(4));
        }),
        ["crop_corner"] = new(1, arguments =>
        {
            double share = arguments.Share(0);
            return (picture, context) => Corner(picture, share, context.Draws.Next(4));
        }),
        ["crop_aspect"] = new(2, arguments =>
        {
            double aspect = arguments.Number(0, 1, 100) / arguments.Number(1, 1, 100);
            return (picture, _) => Aspect(picture, aspect);
        }),
    };

    /// <summary>Leaves a share of width and height away, half of it on each side.</summary>
    public static Picture Centre(Picture picture, double share) => picture.Crop(
        (int)(picture.Width * share / 2),
        (int)(picture.Height * share / 2),
        (int)(picture.Width * (1 - share)),
        (int)(picture.Height * (1 - share)));

    /// <summary>Leaves a share away on one side: left, right, top, bottom.</summary>
    public static Picture Side(Picture picture, double share, int side)
    {
        (int width, int height) = (picture.Width, picture.Height);
        return side switch
        {
            0 => picture.Crop((int)(width * share), 0, width, height),
            1 => picture.Crop(0, 0, (int)(width * (1 - share)), height),
            2 => picture.Crop(0, (int)(height * share), width, height),
            _ => picture.Crop(0, 0, width, (int)(height * (1 - share))),
        };
    }

    /// <summary>Keeps a corner, less a share of both sides: upper left, upper right, lower left, lower right.</summary>
    public static Picture Corner(Picture picture, double share, int corner) => picture.Crop(
        (corner & 1) * (int)(picture.Width * share),
        (corner >> 1) * (int)(picture.Height * share),
        (int)(picture.Width * (1 - share)),
        (int)(picture.Height * (1 - share)));

    /// <summary>Keeps the middle, as much as has the proportions.</summary>
    public static Picture Aspect(Picture picture, double aspect) =>
        (double)picture.Width / picture.Height > aspect
            ? picture.CropCentre((int)(picture.Height * aspect), picture.Height)
            : picture.CropCentre(picture.Width, (int)(picture.Width / aspect));
}
