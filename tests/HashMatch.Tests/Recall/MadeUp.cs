using HashMatch.Benchmarks.Recall;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Recall;

/// <summary>Sets of hashes that are made up, and photos that are drawn.</summary>
internal static class MadeUp
{
    /// <summary>A hash whose bits are random, the same for the same number.</summary>
    public static Hash256 Hash(int number)
    {
        var random = new Random(number);
        Span<byte> bytes = stackalloc byte[Hash256.ByteCount];
        random.NextBytes(bytes);
        return new Hash256(bytes);
    }

    /// <summary>The hash with its first bits turned over.</summary>
    public static Hash256 Near(Hash256 hash, int distance)
    {
        byte[] bytes = hash.ToByteArray();
        for (int i = 0; i < distance; i++)
        {
            bytes[i / 8] ^= (byte)(1 << (i % 8));
        }

        return new Hash256(bytes);
    }

    public static ViewHash View(Hash256 hash, string view = "whole", int quality = 100) =>
        new(view, Dihedral.Identity, hash, quality);

    /// <summary>A set by name alone; its hashes are put in by the test.</summary>
    public static ViewSet Set(string name, QueryViews? asked = null) => new(name, name, () => _ => [], asked);

    /// <summary>Writes drawn photos to a folder, as PNG.</summary>
    public static IReadOnlyList<Photo> Photos(PictureFolder folder, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Picture picture = Discs(300 + (i * 20), 240, i);
            folder.Convert(new Raster(picture.Width, picture.Height, 3, picture.Pixels), $"photo{i}.png");
        }

        return Photo.ReadFolder(folder.Path);
    }

    // Many discs, one over the other: more detail than a scene has, so that the hash is of use.
    private static Picture Discs(int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = Picture.Filled(width, height, Colour.Gray(128));
        for (int i = 0; i < 60; i++)
        {
            var colour = Colour.Gray((byte)random.Next(256));
            Painting.Disc(picture, random.Next(width), random.Next(height), random.Next(6, 30), colour);
        }

        return picture;
    }
}
