using System.Security.Cryptography;
using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Media;

namespace HashMatch.Benchmarks.Recall;

/// <summary>A photo of the set that edits are tried on.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Path">The file.</param>
/// <param name="Digest">SHA-256 of the file, in hexadecimal digits.</param>
internal sealed record Photo(string Name, string Path, string Digest)
{
    private static readonly string[] Endings =
        [".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".avif"];

    /// <summary>All photos of a folder, in the order of their names.</summary>
    /// <exception cref="RecallFailure">There are fewer than two, or two have the same name or content.</exception>
    public static IReadOnlyList<Photo> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new RecallFailure($"There is no folder {folder}.");
        }

        Photo[] photos =
        [
            .. Directory.EnumerateFiles(folder)
                .Where(file => Endings.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(file => new Photo(
                    System.IO.Path.GetFileNameWithoutExtension(file),
                    file,
                    Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))))),
        ];
        return photos.Length < 2
            ? throw new RecallFailure($"The folder {folder} holds fewer than two photos.")
            : photos.DistinctBy(photo => photo.Name).Count() < photos.Length
                || photos.DistinctBy(photo => photo.Digest).Count() < photos.Length
                ? throw new RecallFailure($"Two photos of {folder} have the same name or the same content.")
            : photos;
    }

    /// <exception cref="RecallFailure">The file is no picture that the product opens.</exception>
    public Picture Open(LossyCodec codec)
    {
        try
        {
            return codec.Open(File.ReadAllBytes(Path));
        }
        catch (ImageRefusedException refusal)
        {
            throw new RecallFailure($"The photo {Name} cannot be used: {refusal.Message}");
        }
    }
}
