using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Hashing;
using HashMatch.Tests.Hashing;

namespace HashMatch.Benchmarks.Recall;

/// <summary>Tells cached hashes of another version from those of this one.</summary>
internal static class ToolVersion
{
    /// <summary>To be raised with every change of what an edit makes; a test watches over it.</summary>
    public const int Edits = 1;

    /// <summary>To be raised where a set of views gives other hashes and <see cref="Text"/> may not see it.</summary>
    public const int Views = 4;

    private const int Pictures = 6;

    /// <summary>
    /// The two numbers, and a digest of all views of some drawn pictures, in frames and without: hashes from before
    /// another build are used again only where that build hashes alike.
    /// </summary>
    public static string Text { get; } = $"{Edits}/{Views}/{Digest()}";

    private static string Digest()
    {
        var text = new StringBuilder();
        foreach (ViewSet set in ViewSets.ForRegister.Concat(ViewSets.ForQuery).Concat(ViewSets.SmallHashes))
        {
            HashViews hasher = set.NewHasher();
            for (uint i = 0; i < Pictures; i++)
            {
                foreach (ViewHash view in hasher(Drawn(i)))
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"{set.Name}/{view.View}/{view.Turn}/{view.Hash.ToHex()}/{view.Quality}\n");
                }
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Of several proportions, each second one with bars above and below.
    private static Picture Drawn(uint number)
    {
        int width = 300 + (int)(90 * number);
        var photo = new Picture(
            width,
            500,
            SyntheticPicture.Make(SyntheticKind.Scene, width, 500, PixelFormat.Rgb24, seed: number + 1).Pixels);
        if (number % 2 == 0)
        {
            return photo;
        }

        var framed = Picture.Filled(width, 800, Colour.Gray((byte)(number * 50)));
        framed.Paste(photo, 0, 150);
        return framed;
    }
}
