using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>The sets of views that can be registered and asked for.</summary>
internal static class ViewSets
{
    public const string Whole = "whole";

    /// <summary>The picture as it is, one hash.</summary>
    public static readonly ViewSet Plain = new(
        "plain",
        "one PDQ hash of the whole picture",
        () =>
        {
            var hasher = new PdqHasher();
            return picture =>
            {
                Fingerprint print = hasher.Hash(picture.Pixels, picture.Width, picture.Height, PixelFormat.Rgb24);
                return [new ViewHash(Whole, Dihedral.Identity, print.Hash, print.Quality)];
            };
        });

    /// <summary>The whole picture in its eight turned and mirrored forms, from one set of pixels.</summary>
    public static readonly ViewSet Turned = new(
        "turned",
        "the PDQ hashes of the whole picture in its 8 turned and mirrored forms",
        () =>
        {
            var hasher = new PdqHasher();
            var hashes = new Hash256[PdqHasher.DihedralCount];
            return picture =>
            {
                int quality = hasher.HashDihedral(
                    picture.Pixels, picture.Width, picture.Height, PixelFormat.Rgb24, hashes);
                return [.. hashes.Select((hash, turn) => new ViewHash(Whole, (Dihedral)turn, hash, quality))];
            };
        });

    /// <summary>What <c>--register</c> offers.</summary>
    public static readonly IReadOnlyList<ViewSet> ForRegister = [Plain];

    /// <summary>What <c>--query</c> offers.</summary>
    public static readonly IReadOnlyList<ViewSet> ForQuery = [Plain, Turned];

    /// <summary>What platforms may use today, as CoenM.ImageHash offers it.</summary>
    public static readonly IReadOnlyList<ViewSet> SmallHashes =
    [
        Small("aHash", "64 bits: which of 8 x 8 squares are lighter than their mean", SmallHash.Average),
        Small("dHash", "64 bits: which of 9 x 8 squares are darker than the next", SmallHash.Difference),
        Small("pHash", "64 bits: which of the 8 x 8 lowest frequencies lie above their median", SmallHash.Frequencies),
    ];

    private static ViewSet Small(string name, string description, Func<Picture, ulong> hash) => new(
        name,
        description,
        () => picture => [new ViewHash(Whole, Dihedral.Identity, new Hash256(hash(picture), 0, 0, 0), 100)]);
}
