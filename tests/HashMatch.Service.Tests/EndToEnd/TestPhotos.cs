using System.Diagnostics;

namespace HashMatch.Service.Tests.EndToEnd;

/// <summary>Real photos and edited copies of them, made with ImageMagick.</summary>
public static class TestPhotos
{
    private const string Convert = "/usr/bin/convert";

    /// <summary>
    /// A photo: a golden one where the shared folder is there, as in CI; else a picture with as much detail.
    /// </summary>
    public static string Photo(string folder)
    {
        string path = Path.Combine(folder, "photo.jpg");
        string? golden = FindShared("golden/pdq/images/bridge-mods__aaa-orig.jpg");
        if (golden is not null)
        {
            File.Copy(golden, path);
        }
        else
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have the shared folder.");
            Run("-size", "1024x768", "-seed", "7", "plasma:", "-quality", "92", path);
        }

        return path;
    }

    /// <summary>A copy at half the size and JPEG quality 40.</summary>
    public static string EditedCopy(string photo)
    {
        string path = Path.Combine(Path.GetDirectoryName(photo)!, "copy.jpg");
        Run(photo, "-resize", "50%", "-quality", "40", path);
        return path;
    }

    /// <summary>Copies as people make them, and another picture, in a folder of their own.</summary>
    public static void EditedCopies(string photo, string folder)
    {
        Run(photo, "-resize", "50%", "-quality", "60", Path.Combine(folder, "smaller.jpg"));
        Run(photo, "-flop", Path.Combine(folder, "mirrored.jpg"));
        Run(photo, "-negate", Path.Combine(folder, "negative.jpg"));

        // A twentieth off the right and the bottom.
        Run(photo, "-gravity", "northwest", "-crop", "95x95%+0+0", "+repage", Path.Combine(folder, "crop.jpg"));

        // A phone's screen: the photo between a line of signs and some lines of text.
        Run(
            ["-size", "720x1480", "xc:white", "(", photo, "-resize", "720x", ")", "-gravity", "center", "-composite",
                "-gravity", "northwest", "-fill", "black", "-draw", "rectangle 30,40 300,70",
                "-draw", "rectangle 600,45 690,65", "-fill", "gray", "-draw", "rectangle 30,1300 500,1320",
                "-draw", "rectangle 30,1350 420,1370", Path.Combine(folder, "screenshot.png")]);
        Other(folder);
    }

    /// <summary>Another picture, with detail.</summary>
    public static string Other(string folder)
    {
        string path = Path.Combine(folder, "other.png");
        Run("-size", "640x480", "-seed", "99", "plasma:", path);
        return path;
    }

    /// <summary>A picture of one colour, which nobody can tell from others.</summary>
    public static string Featureless(string folder)
    {
        string path = Path.Combine(folder, "grey.png");
        Run("-size", "640x480", "xc:grey", path);
        return path;
    }

    private static string? FindShared(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "shared", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static void Run(params string[] arguments)
    {
        using Process process = Process.Start(Convert, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
