namespace HashMatch.Tests.House;

/// <summary>The repository that the tests were built from, as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>All files that git does not ignore, by their paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The files below a folder whose name ends so.</summary>
    public static IEnumerable<string> FilesIn(string folder, string ending) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)
            && file.EndsWith(ending, StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(string folder)
    {
        // The folders that .gitignore names, wherever they are: so this needs no git, and works in an unpacked archive.
        HashSet<string> ignored =
        [
            ".git",
            .. File.ReadLines(Path.Combine(Root, ".gitignore"))
                .Where(line => line.EndsWith('/'))
                .Select(line => line.TrimEnd('/')),
        ];
        return WalkBut(ignored, folder);
    }

    private static IEnumerable<string> WalkBut(HashSet<string> ignored, string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git").Concat(
            Directory.EnumerateDirectories(folder)
                .Where(inner => !ignored.Contains(Path.GetFileName(inner)))
                .SelectMany(inner => WalkBut(ignored, inner)));

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "HashMatch.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("HashMatch.sln lies in no folder above the test assembly.");
    }
}
