using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>The picture as part of a screen: a feed on a phone, a phone's gallery, a page on a desktop.</summary>
internal static class ScreenshotSteps
{
    private const int PhoneWidth = 540;
    private const int PhoneHeight = 1170;

    // Where the picture starts on the phone's screen.
    private const int PhonePictureTop = 126;

    private static readonly Colour Grey = Colour.Gray(140);

    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["phone"] = new(1, arguments =>
        {
            bool isDark = arguments.Word(0, "light", "dark") == "dark";
            return (picture, _) => Phone(picture, isDark);
        }, IsFrame: true),
        ["phone_crop"] = new(1, arguments =>
        {
            double share = arguments.Share(0);
            return (picture, _) => PhoneCrop(picture, share);
        }, IsFrame: true),
        ["gallery"] = new(0, _ => (picture, _) => Gallery(picture), IsFrame: true),
        ["desktop"] = new(0, _ => (picture, _) => Desktop(picture), IsFrame: true),
    };

    /// <summary>A post in a feed, its picture as wide as the screen and at most 72 % as high.</summary>
    public static Picture Phone(Picture picture, bool isDark)
    {
        Colour ground = isDark ? Colour.Black : Colour.White;
        Colour ink = isDark ? Colour.Gray(240) : Colour.Gray(20);
        var screen = Picture.Filled(PhoneWidth, PhoneHeight, ground);
        DrawHeader(screen, ink);

        int tallest = (int)(PhoneHeight * 0.72);
        Picture fitted = Resampling.Resize(
            picture, PhoneWidth, (int)((double)PhoneWidth * picture.Height / picture.Width));
        fitted = fitted.Height > tallest ? fitted.CropCentre(PhoneWidth, tallest) : fitted;
        screen.Paste(fitted, 0, PhonePictureTop);

        DrawFooter(screen, PhonePictureTop + fitted.Height + 18, ink, ground);
        return screen;
    }

    /// <summary>The same, dark, roughly cut down to the picture: some of the screen is left above and below.</summary>
    public static Picture PhoneCrop(Picture picture, double share)
    {
        Picture screen = Phone(picture, isDark: true);
        int margin = (int)(screen.Height * share);
        int height = (int)((double)screen.Width * picture.Height / picture.Width);
        return screen.Crop(
            0, Math.Max(0, PhonePictureTop - margin), screen.Width, Math.Min(screen.Height, height + (2 * margin)));
    }

    /// <summary>A picture viewer: the picture in the middle of a black screen.</summary>
    public static Picture Gallery(Picture picture)
    {
        var screen = Picture.Filled(PhoneWidth, PhoneHeight, Colour.Black);
        Picture fitted = Resampling.FitInto(picture, PhoneWidth, (int)(PhoneHeight * 0.8));
        screen.Paste(fitted, (PhoneWidth - fitted.Width) / 2, (PhoneHeight - fitted.Height) / 2);
        Lettering.Write(screen, "20:15", 24, 14, 18, Colour.White);
        Painting.Fill(screen, 470, 16, 40, 16, Colour.White);
        for (int i = 0; i < 4; i++)
        {
            Painting.Disc(screen, 90 + (i * 120), PhoneHeight - 60, 14, Colour.Gray(220));
        }

        return screen;
    }

    /// <summary>A browser's window with the picture at the left and comments at its right.</summary>
    public static Picture Desktop(Picture picture)
    {
        var screen = Picture.Filled(1280, 800, new Colour(60, 90, 130));
        Painting.Fill(screen, 60, 30, 1160, 740, Colour.Gray(245));
        Painting.Fill(screen, 60, 30, 1160, 36, new Colour(210, 212, 216));
        Painting.Disc(screen, 84, 48, 7, new Colour(255, 95, 86));
        Painting.Disc(screen, 108, 48, 7, new Colour(255, 189, 46));
        Painting.Disc(screen, 132, 48, 7, new Colour(39, 201, 63));
        Painting.Fill(screen, 180, 37, 800, 22, Colour.White);
        Lettering.Write(screen, "HTTPS:..PICTURES.EXAMPLE.4321", 190, 42, 12, Colour.Gray(90));

        screen.Paste(Resampling.FitInto(picture, 800, 620), 90, 110);

        Lettering.Write(screen, "ANSWERS:", 930, 110, 18, Colour.Gray(30));
        for (int i = 0; i < 9; i++)
        {
            int top = 150 + (i * 62);
            Painting.Disc(screen, 945, top + 15, 16, new Colour((byte)(120 + (i * 10)), 130, 160));
            Lettering.Write(screen, $"GUEST{i}: HOW LOVELY!", 970, top, 11, Colour.Gray(60));
            Lettering.Write(screen, "LIKE . ANSWER", 970, top + 22, 9, Grey);
        }

        return screen;
    }

    // The clock, signal and battery, and who posted where.
    private static void DrawHeader(Picture screen, Colour ink)
    {
        Lettering.Write(screen, "8:30", 28, 16, 20, ink);
        Painting.Fill(screen, 440, 18, 18, 14, ink);
        Painting.Fill(screen, 466, 18, 18, 14, ink);
        Painting.Fill(screen, 492, 18, 30, 14, ink);
        Painting.Disc(screen, 36, 90, 22, new Colour(200, 90, 140));
        Lettering.Write(screen, "A.PERSON.17", 70, 72, 17, ink);
        Lettering.Write(screen, "SOMEWHERE", 70, 98, 12, Grey);
        for (int i = 0; i < 3; i++)
        {
            Painting.Disc(screen, 505, 80 + (i * 9), 3, ink);
        }
    }

    // Three round buttons, three lines of text, and the bar at the screen's lower edge.
    private static void DrawFooter(Picture screen, int top, Colour ink, Colour ground)
    {
        for (int i = 0; i < 3; i++)
        {
            Painting.Disc(screen, 32 + (i * 52), top + 12, 13, ink);
            Painting.Disc(screen, 32 + (i * 52), top + 12, 10, ground);
        }

        Lettering.Write(screen, "LIKED BY SOMEONE AND 987 MORE", 20, top + 44, 15, ink);
        Lettering.Write(screen, "A.PERSON.17 SEEN TODAY ! ! !", 20, top + 72, 15, ink);
        Lettering.Write(screen, "SEE ALL 54 ANSWERS", 20, top + 100, 13, Grey);
        Painting.Fill(screen, 0, screen.Height - 70, screen.Width, 1, Colour.Gray(128));
        for (int i = 0; i < 5; i++)
        {
            Painting.Fill(screen, 40 + (i * 108), screen.Height - 50, 26, 26, ink);
        }
    }
}
