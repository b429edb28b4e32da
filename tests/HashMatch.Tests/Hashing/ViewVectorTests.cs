using System.Globalization;
using HashMatch.Hashing;
using HashMatch.Tests.House;

namespace HashMatch.Tests.Hashing;

/// <summary>
/// Pictures of our own with all their views, and the golden ones with those that are registered, which the page's
/// hasher must give too: one line a view. With HASHMATCH_UPDATE_VIEWS=1 the files are written anew.
/// </summary>
/// <remarks>
/// A frame is written as width:height:left:top:grey of the picture that the photo lies in, and :grey at the bottom
/// where its ground fades.
/// </remarks>
[Trait("Category", "Simd")]
public sealed class ViewVectorTests
{
    private const string FileName = "views.csv";
    private const string GoldenFileName = "golden-views.csv";
    private const string Header = "kind,width,height,format,seed,frame,views,name,turn,quality,hash";
    private const string GoldenHeader = "picture,name,quality,hash";
    private const int GoldenCount = 19;

    private static readonly (int Width, int Height, PixelFormat Format, uint Seed, string Frame)[] Pictures =
    [
        (512, 512, PixelFormat.Rgb24, 3, ""),
        (1031, 700, PixelFormat.Rgb24, 4, ""),
        (300, 417, PixelFormat.Rgba32, 5, ""),
        (97, 61, PixelFormat.Gray8, 6, ""),
        (1200, 900, PixelFormat.Bgra32, 7, ""),
        (400, 300, PixelFormat.Rgb24, 8, "520:700:60:150:255"),
        (800, 600, PixelFormat.Rgb24, 9, "800:1000:0:180:0"),
        (500, 375, PixelFormat.Rgb24, 10, "500:900:0:260:105"),
        (500, 375, PixelFormat.Rgb24, 10, "500:900:0:260:135"),
        (500, 375, PixelFormat.Rgb24, 13, "500:900:0:260:150"),
        (400, 300, PixelFormat.Rgb24, 1, "460:360:30:30:60:200"),
    ];

    [Fact]
    public void Views_SyntheticPictures_AreAsCommitted()
    {
        string[] actual = [Header, .. Pictures.SelectMany(Lines)];

        string[] expected = Committed(FileName, actual);

        Assert.Equal(expected, actual);
        Assert.True(actual.Length > Pictures.Length * 40);
    }

    [Fact]
    public void Register_GoldenPictures_AreAsCommitted()
    {
        GoldenPdq[] pictures = [.. GoldenPdq.Load().Where(golden => golden.Mode == PdqMode.FullResolution)];
        string[] actual = [GoldenHeader, .. pictures.SelectMany(GoldenLines)];

        string[] expected = Committed(GoldenFileName, actual);

        Assert.Equal(expected, actual);
        Assert.Equal(GoldenCount, pictures.Length);
        Assert.True(actual.Length > GoldenCount * 8);
    }

    private static string[] Committed(string name, string[] actual)
    {
        string path = Path.Combine(Repository.Root, "tests", "HashMatch.Tests", "Hashing", name);
        if (Environment.GetEnvironmentVariable("HASHMATCH_UPDATE_VIEWS") == "1")
        {
            File.WriteAllLines(path, actual);
        }

        return File.ReadAllLines(path);
    }

    private static List<string> GoldenLines(GoldenPdq golden)
    {
        PnmImage image = golden.Image;
        var hasher = new ViewHasher();
        var lines = new List<string>();
        foreach (PictureView view in hasher.Register(
            image.Pixels, image.Width, image.Height, image.Format, RegisterViews.Wide))
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{golden.Name},{view.Name},{view.Fingerprint.Quality},{view.Fingerprint.Hash.ToHex()}"));
        }

        return lines;
    }

    private static List<string> Lines((int Width, int Height, PixelFormat Format, uint Seed, string Frame) given)
    {
        var hasher = new ViewHasher();
        SyntheticPicture photo = SyntheticPicture.Make(
            SyntheticKind.Scene, given.Width, given.Height, given.Format, seed: given.Seed);
        byte[] pixels = photo.Pixels;
        int width = given.Width;
        int height = given.Height;
        if (given.Frame.Length > 0)
        {
            int[] frame = [.. given.Frame.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            (width, height) = (frame[0], frame[1]);
            var picture = FramedPicture.Make(width, height, (byte)frame[4], (byte)frame[^1]);
            pixels = picture.With(photo, frame[2], frame[3]).Pixels;
        }

        string start = string.Create(
            CultureInfo.InvariantCulture,
            $"{photo.Kind},{given.Width},{given.Height},{given.Format},{given.Seed},{given.Frame}");
        var lines = new List<string>();
        foreach (PictureView view in hasher.Register(pixels, width, height, given.Format, RegisterViews.Wide))
        {
            lines.Add(Line(start, "register", view));
        }

        foreach (PictureView view in hasher.Query(pixels, width, height, given.Format, QueryViews.Wide))
        {
            lines.Add(Line(start, "query", view));
        }

        return lines;
    }

    private static string Line(string start, string views, PictureView view) => string.Create(
        CultureInfo.InvariantCulture,
        $"{start},{views},{view.Name},{view.Turn},{view.Fingerprint.Quality},{view.Fingerprint.Hash.ToHex()}");
}
