using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>A photo of a screen or a print: seen from the side.</summary>
internal static class PerspectiveSteps
{
    // What is seen around a screen in a dark room.
    private static readonly Colour Surroundings = new(18, 18, 20);

    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["tilt"] = new(2, arguments =>
        {
            double strength = arguments.Number(0, 0, 0.4);
            double margin = arguments.Number(1, 0, 1);
            return (picture, context) => Tilt(picture, strength, margin, context.Draws);
        }),
        ["shear"] = new(1, arguments =>
        {
            double slope = arguments.Number(0, -1, 1);
            return (picture, _) => Shear(picture, slope);
        }),
    };

    /// <summary>Moves each row sideways, in proportion to its distance from the middle one.</summary>
    public static Picture Shear(Picture picture, double slope) =>
        new Projection(1, slope, -slope * picture.Height / 2.0, 0, 1, 0)
            .Apply(picture, picture.Width, picture.Height, Colour.Black);

    /// <summary>
    /// One edge, as it is drawn, farther away: shorter by the strength at either end, and nearer to the opposite edge
    /// by half of it. The corners tremble a little.
    /// </summary>
    public static Picture Tilt(Picture picture, double strength, double margin, Random draws)
    {
        int marginX = (int)(picture.Width * margin);
        int marginY = (int)(picture.Height * margin);
        double byX = picture.Width * strength;
        double byY = picture.Height * strength;
        (double X, double Y)[] corners =
        [
            (0, 0), (picture.Width, 0), (picture.Width, picture.Height), (0, picture.Height),
        ];

        // Edge 0 is the upper one; clockwise, each from one corner to the next.
        int edge = draws.Next(4);
        (double alongX, double alongY) = edge switch { 0 => (1, 0), 1 => (0, 1), 2 => (-1, 0), _ => (0, -1) };
        (double inX, double inY) = (-alongY, alongX);
        Move(ref corners[edge], alongX + (inX / 2), alongY + (inY / 2));
        Move(ref corners[(edge + 1) % 4], -alongX + (inX / 2), -alongY + (inY / 2));
        foreach (ref (double X, double Y) corner in corners.AsSpan())
        {
            corner.X += marginX + ((draws.NextDouble() - 0.5) * byX * 0.3);
            corner.Y += marginY + ((draws.NextDouble() - 0.5) * byY * 0.3);
        }

        return Projection.CornersTo(corners, picture.Width, picture.Height).Apply(
            picture, picture.Width + (2 * marginX), picture.Height + (2 * marginY), Surroundings);

        void Move(ref (double X, double Y) corner, double x, double y)
        {
            corner.X += x * byX;
            corner.Y += y * byY;
        }
    }
}
