using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Hashing;

public sealed class ViewHasherTests
{
    private const int StrongDistance = 40;

    private static readonly SyntheticPicture Photo =
        SyntheticPicture.Make(SyntheticKind.Scene, 600, 450, PixelFormat.Rgb24, seed: 3);

    private readonly ViewHasher _hasher = new();

    [Fact]
    public void Register_Plain_IsPdqOfEveryPixel()
    {
        Fingerprint expected = new PdqHasher().Hash(Photo.Pixels, Photo.Width, Photo.Height, Photo.Format);

        PictureView[] views = Register(Photo, RegisterViews.Plain);

        Assert.Equal([new PictureView("raw", Dihedral.Identity, expected)], views);
    }

    [Fact]
    public void Register_Wide_StartsWithPlainAndNamesEachViewOnce()
    {
        PictureView plain = Register(Photo, RegisterViews.Plain).Single();

        PictureView[] views = Register(Photo, RegisterViews.Wide);

        Assert.Equal(plain, views[0]);
        Assert.InRange(views.Length, 12, ViewHasher.MaxRegistered);
        Assert.Equal(views.Length, views.Select(view => view.Name).Distinct().Count());
        Assert.All(views, view => Assert.Equal(Dihedral.Identity, view.Turn));
        Assert.All(views, view => Assert.True(view.Fingerprint.IsUsable));
    }

    [Theory]
    [InlineData(RegisterViews.Plain)]
    [InlineData(RegisterViews.Wide)]
    public void Register_Framed_NeverRegistersTheFrame(RegisterViews set)
    {
        FramedPicture framed = FramedPicture.Make(760, 650, 255).With(Photo, 80, 100);
        Hash256 raw = new PdqHasher().Hash(framed.Pixels, framed.Width, framed.Height, framed.Format).Hash;
        Hash256 photo = Register(Photo, RegisterViews.Plain)[0].Fingerprint.Hash;

        PictureView[] views =
            [.. _hasher.Register(framed.Pixels, framed.Width, framed.Height, framed.Format, set)];

        Assert.Equal("frame-1", views[0].Name);
        Assert.InRange(views[0].Fingerprint.Hash.DistanceTo(photo), 0, 16);
        Assert.DoesNotContain(views, view => view.Fingerprint.Hash.DistanceTo(raw) <= StrongDistance);
    }

    [Fact]
    public void Query_Plain_IsPdqOfEveryPixel()
    {
        Fingerprint expected = new PdqHasher().Hash(Photo.Pixels, Photo.Width, Photo.Height, Photo.Format);

        PictureView[] views = Query(Photo, QueryViews.Plain);

        Assert.Equal([new PictureView("raw", Dihedral.Identity, expected)], views);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(600, 450)]
    public void Query_Turned_IsPdqInEightTurns(int width, int height)
    {
        SyntheticPicture photo = SyntheticPicture.Make(SyntheticKind.Scene, width, height, PixelFormat.Rgb24, seed: 3);
        var plain = new PdqHasher();
        Hash256[] expected = new Hash256[PdqHasher.DihedralCount];
        plain.HashDihedral(photo.Pixels, photo.Width, photo.Height, photo.Format, expected);
        expected[0] = plain.Hash(photo.Pixels, photo.Width, photo.Height, photo.Format).Hash;

        PictureView[] views = Query(photo, QueryViews.Turned);

        Assert.Equal(expected, views.Select(view => view.Fingerprint.Hash));
        Assert.Equal(Enum.GetValues<Dihedral>(), views.Select(view => view.Turn));
    }

    [Fact]
    public void Query_Wide_StartsWithTurnedAndKeepsTheBound()
    {
        PictureView[] turned = Query(Photo, QueryViews.Turned);

        PictureView[] views = Query(Photo, QueryViews.Wide);

        Assert.Equal(turned, views[..turned.Length]);
        Assert.InRange(views.Length, 50, ViewHasher.MaxQueried);
    }

    [Fact]
    public void Query_Wide_EndsWithPartsThatAreNotTurned()
    {
        PictureView[] views = Query(Photo, QueryViews.Wide);

        PictureView[] upright = [.. views.Reverse().TakeWhile(view => view.Turn == Dihedral.Identity)];
        IEnumerable<string> turned = views.Where(view => view.Turn != Dihedral.Identity).Select(view => view.Name);

        Assert.InRange(upright.Length, 4, 8);
        Assert.Empty(upright.Select(view => view.Name).Intersect(turned));
        Assert.InRange(views.Count(view => view.Turn == Dihedral.Identity), upright.Length + 4, 16);
    }

    [Theory]
    [InlineData(22, 17, 555, 416)]
    [InlineData(60, 45, 480, 360)]
    [InlineData(67, 50, 510, 382)]
    [InlineData(0, 0, 600, 428)]
    [InlineData(60, 45, 533, 400)]
    [InlineData(60, 5, 533, 400)]
    public void Query_Crop_IsNearSomeRegisteredView(int left, int top, int width, int height)
    {
        PictureView[] registered = Register(Photo, RegisterViews.Wide);
        FramedPicture crop = FramedPicture.Make(width, height, 0).With(Photo, -left, -top);

        IReadOnlyList<PictureView> query =
            _hasher.Query(crop.Pixels, width, height, crop.Format, QueryViews.Wide);

        Assert.InRange(Nearest(registered, query), 0, StrongDistance);
    }

    [Fact]
    public void Query_Bordered_IsNearThePhoto()
    {
        PictureView[] registered = Register(Photo, RegisterViews.Plain);
        FramedPicture framed = FramedPicture.Make(900, 500, 0).With(Photo, 190, 20);

        IReadOnlyList<PictureView> query =
            _hasher.Query(framed.Pixels, framed.Width, framed.Height, framed.Format, QueryViews.Wide);

        Assert.InRange(Nearest(registered, query), 0, 16);
    }

    [Fact]
    public void Query_AnotherPhoto_IsNearNoRegisteredView()
    {
        PictureView[] registered = Register(Photo, RegisterViews.Wide);
        SyntheticPicture other = SyntheticPicture.Make(SyntheticKind.Noise, 600, 450, PixelFormat.Rgb24, seed: 8);

        PictureView[] query = Query(other, QueryViews.Wide);

        Assert.InRange(Nearest(registered, query), StrongDistance + 2, 256);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4000)]
    [InlineData(4000, 1)]
    [InlineData(500, 400)]
    public void Views_FlatPicture_AreNone(int width, int height)
    {
        byte[] pixels = new byte[width * height];

        Assert.Empty(_hasher.Register(pixels, width, height, PixelFormat.Gray8, RegisterViews.Wide));
        Assert.Empty(_hasher.Query(pixels, width, height, PixelFormat.Gray8, QueryViews.Wide));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(6, 3000)]
    [InlineData(3000, 9)]
    [InlineData(383, 385)]
    public void Views_OddSides_AreGivenTwiceAlike(int width, int height)
    {
        SyntheticPicture picture = SyntheticPicture.Make(SyntheticKind.Noise, width, height, PixelFormat.Rgb24);

        PictureView[] first = [.. Register(picture, RegisterViews.Wide), .. Query(picture, QueryViews.Wide)];
        _ = Query(Photo, QueryViews.Wide);
        PictureView[] second = [.. Register(picture, RegisterViews.Wide), .. Query(picture, QueryViews.Wide)];

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Views_TransparentPicture_AreThoseOverWhite()
    {
        SyntheticPicture clear = SyntheticPicture.Make(SyntheticKind.Scene, 300, 200, PixelFormat.Rgba32);
        byte[] white = new byte[300 * 200 * 3];
        for (int k = 0; k < white.Length; k++)
        {
            int at = (k / 3 * 4) + (k % 3);
            white[k] = (byte)Luma.OverWhite(clear.Pixels[at], clear.Pixels[(k / 3 * 4) + 3]);
        }

        PictureView[] views = Query(clear, QueryViews.Wide);

        Assert.Equal(_hasher.Query(white, 300, 200, PixelFormat.Rgb24, QueryViews.Wide), views);
    }

    [Fact]
    public void Views_TooFewPixelsOrNoSuchSet_AreRefused()
    {
        byte[] pixels = new byte[100];

        Assert.Throws<ArgumentException>(
            () => _hasher.Register(pixels, 10, 11, PixelFormat.Gray8, RegisterViews.Wide));
        Assert.Throws<ArgumentException>(() => _hasher.Query(pixels, 10, 11, PixelFormat.Gray8, QueryViews.Wide));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _hasher.Register(pixels, 10, 10, PixelFormat.Gray8, (RegisterViews)7));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _hasher.Query(pixels, 10, 10, PixelFormat.Gray8, (QueryViews)7));
    }

    private static int Nearest(IEnumerable<PictureView> registered, IEnumerable<PictureView> query) => (
        from entry in registered
        from view in query
        select entry.Fingerprint.Hash.DistanceTo(view.Fingerprint.Hash)).Min();

    private PictureView[] Register(SyntheticPicture picture, RegisterViews set) =>
        [.. _hasher.Register(picture.Pixels, picture.Width, picture.Height, picture.Format, set)];

    private PictureView[] Query(SyntheticPicture picture, QueryViews set) =>
        [.. _hasher.Query(picture.Pixels, picture.Width, picture.Height, picture.Format, set)];
}
