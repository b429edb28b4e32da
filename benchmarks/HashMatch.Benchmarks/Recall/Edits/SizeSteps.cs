using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Other sizes and proportions of the whole picture.</summary>
internal static class SizeSteps
{
    private const double LeastFactor = 0.01;
    private const double GreatestFactor = 4;
    private const int LongestSide = 8192;

    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["scale"] = new(1, arguments =>
        {
            double factor = arguments.Number(0, LeastFactor, GreatestFactor);
            return (picture, _) => Rounded(picture, factor);
        }),
        ["fit"] = new(1, arguments =>
        {
            int side = arguments.Whole(0, 1, LongestSide);
            return (picture, _) => Rounded(picture, (double)side / picture.LongerSide);
        }),
        ["stretch"] = new(2, arguments =>
        {
            double across = arguments.Number(0, LeastFactor, GreatestFactor);
            double down = arguments.Number(1, LeastFactor, GreatestFactor);
            return (picture, _) =>
                Resampling.Resize(picture, (int)(picture.Width * across), (int)(picture.Height * down));
        }),
    };

    private static Picture Rounded(Picture picture, double factor) => Resampling.Resize(
        picture, (int)((picture.Width * factor) + 0.5), (int)((picture.Height * factor) + 0.5));
}
