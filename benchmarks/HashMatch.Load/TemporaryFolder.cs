namespace HashMatch.Load;

/// <summary>A folder for one run, deleted with all that it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("hashmatch-load-").FullName;

    /// <summary>Makes it in another folder than the system's for temporary files, which may be in memory.</summary>
    public TemporaryFolder(string parent) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"hashmatch-load-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    /// <summary>Makes a folder in it.</summary>
    public string New(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
