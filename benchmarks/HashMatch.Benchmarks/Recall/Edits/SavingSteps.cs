using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>What formats do to a picture: JPEG, WebP, and the palette of a GIF.</summary>
internal static class SavingSteps
{
    // Six levels a channel.
    private const int LevelStep = 51;

    // The order in which a 4 x 4 square of pixels goes over to the next level.
    private static readonly int[] Order = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["jpeg"] = new(1, arguments =>
        {
            int quality = arguments.Whole(0, 1, 100);
            return (picture, context) => context.Codec.Jpeg(picture, quality);
        }),
        ["webp"] = new(1, arguments =>
        {
            int quality = arguments.Whole(0, 1, 100);
            return (picture, context) => context.Codec.Webp(picture, quality);
        }),
        ["palette"] = new(0, _ => (picture, _) => ToPalette(picture)),
    };

    /// <summary>To the 216 colours of six levels a channel, with ordered dithering.</summary>
    public static Picture ToPalette(Picture picture)
    {
        var reduced = new Picture(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Row(y);
            Span<byte> to = reduced.Row(y);
            for (int i = 0; i < from.Length; i++)
            {
                int cell = ((y & 3) * 4) + (i / Picture.Channels & 3);
                double shifted = from[i] + (((Order[cell] / 16.0) - 0.5) * LevelStep);
                to[i] = (byte)Math.Clamp(Math.Round(shifted / LevelStep) * LevelStep, 0, 255);
            }
        }

        return reduced;
    }
}
