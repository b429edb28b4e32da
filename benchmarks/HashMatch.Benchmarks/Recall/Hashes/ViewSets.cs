using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>The sets of views that can be registered and asked for.</summary>
internal static class ViewSets
{
    public const string Whole = "whole";

    /// <summary>The picture as it is, one hash: what platforms do with PDQ today.</summary>
    public static readonly ViewSet Pdq = new(
        "pdq",
        "one PDQ hash of the whole picture, frames and all",
        () =>
        {
            var hasher = new PdqHasher();
            return picture =>
            {
                Fingerprint print = hasher.Hash(picture.Pixels, picture.Width, picture.Height, PixelFormat.Rgb24);
                return [new ViewHash(Whole, Dihedral.Identity, print.Hash, print.Quality)];
            };
        });

    /// <summary>One hash of the whole picture is looked up.</summary>
    public static readonly ViewSet Plain = Asked("plain", "one PDQ hash of the whole picture", QueryViews.Plain);

    /// <summary>What <c>--register</c> offers.</summary>
    public static readonly IReadOnlyList<ViewSet> ForRegister =
    [
        Registered(
            "plain",
            "one PDQ hash of the whole picture, or of the photo in it if it lies in a frame",
            RegisterViews.Plain),
        Registered("wide", "up to 16 hashes of the photo, of parts of it and of it turned", RegisterViews.Wide),
    ];

    /// <summary>What <c>--query</c> offers.</summary>
    public static readonly IReadOnlyList<ViewSet> ForQuery =
    [
        Plain,
        Asked("turned", "the PDQ hashes of the whole picture in its 8 turned and mirrored forms", QueryViews.Turned),
        Asked(
            "wide",
            "up to 80 hashes: of the whole picture, of what is in frames, of parts and of it turned, each in 8 turned "
            + "and mirrored forms and as a negative, and of more parts only as they are",
            QueryViews.Wide),
    ];

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

    private static ViewSet Registered(string name, string description, RegisterViews views) => new(
        name,
        description,
        () =>
        {
            var hasher = new ViewHasher();
            return picture => Kept(hasher.Register(
                picture.Pixels, picture.Width, picture.Height, PixelFormat.Rgb24, views));
        });

    private static ViewSet Asked(string name, string description, QueryViews views) => new(
        name,
        description,
        () =>
        {
            var hasher = new ViewHasher();
            return picture => Kept(hasher.Query(
                picture.Pixels, picture.Width, picture.Height, PixelFormat.Rgb24, views));
        },
        views);

    private static ViewHash[] Kept(IReadOnlyList<PictureView> views) =>
    [
        .. views.Select(view => new ViewHash(view.Name, view.Turn, view.Fingerprint.Hash, view.Fingerprint.Quality)),
    ];
}
