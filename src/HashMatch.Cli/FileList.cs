namespace HashMatch.Cli;

/// <summary>The files that the arguments name, in order and each once.</summary>
internal static class FileList
{
    // Only for folders: a file that is named outright is tried whatever its name.
    private static readonly HashSet<string> PictureExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif",
    };

    /// <summary>Lists the files, and the pictures in and below the folders.</summary>
    /// <param name="arguments">Names of files and folders.</param>
    /// <exception cref="CommandFailure">An argument looks like a secret, or there is none.</exception>
    public static IReadOnlyList<FileEntry> Read(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
        {
            throw CommandFailure.Usage("Name at least one picture file or folder.");
        }

        RefuseMistakes(arguments);
        var entries = new List<FileEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string argument in arguments)
        {
            if (argument.Length == 0)
            {
                entries.Add(new FileEntry(argument, FileRefusal.NoName));
            }
            else if (Directory.Exists(argument))
            {
                AddFolder(argument, entries, seen);
            }
            else if (seen.Add(Path.GetFullPath(argument)))
            {
                entries.Add(new FileEntry(argument));
            }
        }

        return entries;
    }

    // Secrets that stand in the wrong place, and what the parser took for a file because it knows no such option. A
    // name that exists is no mistake.
    private static void RefuseMistakes(IReadOnlyList<string> arguments)
    {
        List<string> absent = [.. arguments.Where(argument => !Path.Exists(argument))];
        if (absent.Any(SecretShape.IsLikely))
        {
            throw CommandFailure.Usage(SecretShape.Sentence);
        }

        if (absent.Find(argument => argument.StartsWith('-')) is string option)
        {
            throw CommandFailure.Usage(
                $"There is no option {PlainText.OptionName(option)}, and no file of that name.");
        }
    }

    private static void AddFolder(string folder, List<FileEntry> entries, HashSet<string> seen)
    {
        bool isEmpty = true;
        foreach (FileEntry entry in Walk(folder))
        {
            isEmpty = false;
            if (seen.Add(Path.GetFullPath(entry.Path)))
            {
                entries.Add(entry);
            }
        }

        if (isEmpty)
        {
            entries.Add(new FileEntry(folder, FileRefusal.NoPictures));
        }
    }

    private static IEnumerable<FileEntry> Walk(string folder)
    {
        FileSystemInfo[]? children = Children(folder);
        if (children is null)
        {
            yield return new FileEntry(folder, FileRefusal.UnreadableFolder);
            yield break;
        }

        foreach (FileSystemInfo child in children)
        {
            string path = Path.Combine(folder, child.Name);
            if (child.Exists && child.Attributes.HasFlag(FileAttributes.Directory))
            {
                // A link to a folder may lead back here, or out of what the person chose.
                if (child.LinkTarget is null)
                {
                    foreach (FileEntry entry in Walk(path))
                    {
                        yield return entry;
                    }
                }
            }
            else if (PictureExtensions.Contains(child.Extension))
            {
                yield return new FileEntry(path);
            }
        }
    }

    // Null if the folder cannot be read. The order of a file system is arbitrary; by name it is the same each time.
    private static FileSystemInfo[]? Children(string folder)
    {
        var visible = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            IgnoreInaccessible = false,
        };
        try
        {
            FileSystemInfo[] children = new DirectoryInfo(folder).GetFileSystemInfos("*", visible);
            Array.Sort(children, (left, right) => string.CompareOrdinal(left.Name, right.Name));
            return children;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
