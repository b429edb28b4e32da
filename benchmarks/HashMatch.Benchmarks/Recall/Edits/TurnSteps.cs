using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Turned and mirrored pictures.</summary>
internal static class TurnSteps
{
    private const double GreatestAngle = 45;

    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["rotate"] = new(1, arguments =>
        {
            double degrees = arguments.Number(0, 0, GreatestAngle);
            return (picture, context) => Rotate(picture, EitherWay(degrees, context.Draws));
        }),
        ["rotcrop"] = new(1, arguments =>
        {
            double degrees = arguments.Number(0, 0, GreatestAngle);
            return (picture, context) => RotateInside(picture, EitherWay(degrees, context.Draws));
        }),
        ["rot90"] = new(1, arguments =>
        {
            int quarters = arguments.Whole(0, 0, 3);
            return (picture, _) => Turning.Turn(picture, quarters);
        }),
        ["mirror"] = new(0, _ => (picture, _) => Turning.MirrorSideways(picture)),
        ["flipv"] = new(0, _ => (picture, _) => Turning.MirrorUpright(picture)),
    };

    /// <summary>To the left or to the right, as it is drawn; in radians.</summary>
    public static double EitherWay(double degrees, Random draws) =>
        double.DegreesToRadians(degrees) * ((draws.Next(2) * 2) - 1);

    /// <summary>Turns within the same size; the corners become black.</summary>
    public static Picture Rotate(Picture picture, double radians) =>
        Projection.Rotation(radians, picture, picture.Width, picture.Height)
            .Apply(picture, picture.Width, picture.Height, Colour.Black);

    /// <summary>Turns, and keeps the largest part of the same proportions that has no black corner.</summary>
    public static Picture RotateInside(Picture picture, double radians)
    {
        double scale = InscribedScale(picture.Width, picture.Height, Math.Abs(radians));
        int width = Math.Max(1, (int)(picture.Width * scale));
        int height = Math.Max(1, (int)(picture.Height * scale));
        return Projection.Rotation(radians, picture, width, height).Apply(picture, width, height, Colour.Black);
    }

    /// <summary>How large a turned rectangle fits into the upright one of the same proportions.</summary>
    public static double InscribedScale(double width, double height, double radians)
    {
        (double sine, double cosine) = Math.SinCos(radians);
        return Math.Min(
            width / ((width * cosine) + (height * sine)),
            height / ((width * sine) + (height * cosine)));
    }
}
