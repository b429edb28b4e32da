using System.Reflection;

namespace HashMatch.Web;

/// <summary>The built page's files, as they are served.</summary>
public static class PageFiles
{
    private static readonly Assembly Files = typeof(PageFiles).Assembly;

    /// <summary>Their paths, relative to the page's root, with slashes; none if the page was not built.</summary>
    public static IReadOnlyList<string> Paths { get; } = Files.GetManifestResourceNames();

    /// <summary>Reads one of them.</summary>
    /// <param name="path">One of <see cref="Paths"/>.</param>
    public static byte[] Read(string path)
    {
        using Stream stream = Files.GetManifestResourceStream(path)
            ?? throw new ArgumentException("There is no such file.", nameof(path));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
