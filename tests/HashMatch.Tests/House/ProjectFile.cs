using System.Xml.Linq;

namespace HashMatch.Tests.House;

/// <summary>What a project file, with the files that it imports, makes its project use.</summary>
/// <param name="Name">The project's name, or "stand-ins" for all projects of that folder.</param>
/// <param name="Folder">Where it lies, from the root.</param>
/// <param name="Projects">The names of the projects that it references.</param>
/// <param name="Packages">The packages, frameworks and assembly files that it references.</param>
internal sealed record ProjectFile(string Name, string Folder, string[] Projects, string[] Packages)
{
    public const string StandIns = "stand-ins";

    /// <summary>All projects below src/.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. Repository.FilesIn("src", ".csproj").Select(file => Parse(file, Repository.Read(file)))];

    /// <summary>Reads a project file; its imports are read from the repository.</summary>
    public static ProjectFile Parse(string path, string xml)
    {
        string folder = Path.GetDirectoryName(path)!.Replace('\\', '/');
        XElement[] items = [.. Items(folder, xml)];
        return new ProjectFile(
            NameOf(path),
            folder,
            [.. Included(items, "ProjectReference").Select(NameOf).Distinct()],
            [
                .. Included(items, "PackageReference", "PackageDownload", "FrameworkReference"),
                .. Included(items, "Reference").Select(NameOf),
            ]);
    }

    private static IEnumerable<string> Included(XElement[] items, params string[] kinds) =>
        items.Where(item => kinds.Contains(item.Name.LocalName))
            .Select(item => (string?)item.Attribute("Include"))
            .OfType<string>()
            .SelectMany(include => ListOf(include) is { } list ? Included(items, list) : [include]);

    // "@(Name)" and "@(Name->'...')" stand for the items of that name.
    private static string? ListOf(string include) =>
        include.StartsWith("@(", StringComparison.Ordinal) ? include[2..].Split(')', '-')[0] : null;

    // With the items of what is imported from within the repository. Conditions do not matter here: what a project uses
    // under some condition, it uses.
    private static IEnumerable<XElement> Items(string folder, string xml)
    {
        foreach (XElement element in XDocument.Parse(xml).Descendants())
        {
            yield return element;
            if (element.Name.LocalName == "Import" && (string?)element.Attribute("Project") is { } imported)
            {
                string path = Path.GetRelativePath(
                    Repository.Root,
                    Path.Combine(Repository.Root, folder, imported.Replace("$(MSBuildThisFileDirectory)", "")));
                foreach (XElement inner in Items(Path.GetDirectoryName(path)!, Repository.Read(path)))
                {
                    yield return inner;
                }
            }
        }
    }

    private static string NameOf(string path)
    {
        string unified = path.Replace('\\', '/');
        bool standIn = unified.Contains("stand-ins/", StringComparison.Ordinal)
            || (unified.EndsWith(".csproj", StringComparison.Ordinal)
                && !Path.GetFileName(unified).StartsWith("HashMatch.", StringComparison.Ordinal));
        string file = Path.GetFileName(unified);
        return standIn ? StandIns
            : file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".dll", StringComparison.Ordinal)
                ? Path.GetFileNameWithoutExtension(file)
                : file;
    }
}
