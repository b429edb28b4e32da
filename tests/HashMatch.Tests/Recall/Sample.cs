using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Hashing;
using HashMatch.Tests.Hashing;

namespace HashMatch.Tests.Recall;

/// <summary>Pictures whose pixels tell where they come from, and steps that are tried on them.</summary>
internal static class Sample
{
    /// <summary>A new one each time, since tests run side by side and a codec is one thread's.</summary>
    public static LossyCodec Codec => new();

    /// <summary>Red says how far to the right a pixel is, green how far down; sides up to 250.</summary>
    public static Picture Places(int width, int height)
    {
        var picture = new Picture(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                new byte[] { (byte)x, (byte)y, 100 }.CopyTo(picture.Row(y)[(x * Picture.Channels)..]);
            }
        }

        return picture;
    }

    /// <summary>Something like a photo.</summary>
    public static Picture Scene(int width, int height, uint seed = 1) => new(
        width,
        height,
        SyntheticPicture.Make(SyntheticKind.Scene, width, height, PixelFormat.Rgb24, seed: seed).Pixels);

    /// <summary>Runs the steps of an edit, given as JSON.</summary>
    public static Picture Run(string steps, Picture picture, string photo = "photo", Picture? donor = null) =>
        Parse(steps).Apply(picture, photo, donor ?? Scene(90, 70, 2), Codec);

    public static Edit Parse(string steps, string id = "edit", string group = "group") =>
        EditList.Parse($$"""{"edits":[{"id":"{{id}}","group":"{{group}}","steps":{{steps}}}]}""")[0];

    public static double Mean(Picture picture) => picture.Pixels.Average(sample => (double)sample);

    public static (int Width, int Height) Size(Picture picture) => (picture.Width, picture.Height);

    /// <summary>Where a pixel of <see cref="Places"/> was.</summary>
    public static (int X, int Y) Origin(Picture picture, int x, int y) =>
        (picture.At(x, y).Red, picture.At(x, y).Green);
}
