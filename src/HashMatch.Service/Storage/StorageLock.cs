namespace HashMatch.Service.Storage;

/// <summary>Makes sure that one process at a time serves a data folder.</summary>
/// <remarks>
/// Two would each keep an index of their own, and what is withdrawn at one would still match at the other.
/// </remarks>
public sealed class StorageLock : IDisposable
{
    private readonly FileStream _file;

    private StorageLock(FileStream file) => _file = file;

    /// <summary>Takes the lock until it is disposed or the process ends, however it ends.</summary>
    /// <returns>The lock, or null if another process holds it.</returns>
    public static StorageLock? TryTake(StorageOptions options)
    {
        options.MakeFiles();
        string path = Path.Combine(options.Path, "service.lock");
        try
        {
            // .NET takes an advisory lock on the file, which the system frees when the process ends.
            return new StorageLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
