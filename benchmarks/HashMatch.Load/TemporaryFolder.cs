namespace HashMatch.Load;

/// <summary>A folder for one run, deleted with all that it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hashmatch-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
