namespace HashMatch.Service.Tests.Registry;

/// <summary>A folder on the disk that the tests were built on, not in memory, for what rests on syncs.</summary>
public sealed class DiskFolder : IDisposable
{
    public DiskFolder() =>
        Path = Directory.CreateDirectory(
            System.IO.Path.Combine(AppContext.BaseDirectory, "data", Guid.NewGuid().ToString("N"))).FullName;

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
