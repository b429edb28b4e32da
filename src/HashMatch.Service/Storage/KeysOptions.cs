namespace HashMatch.Service.Storage;

/// <summary>Where the service keeps its secret keys: the configuration section <c>Keys</c>.</summary>
public sealed class KeysOptions
{
    /// <summary>The folder, outside the database; empty for <c>keys</c> in the data folder. Part of backups.</summary>
    public string Path { get; set; } = "";

    /// <summary>The folder that is meant.</summary>
    public string Folder(StorageOptions storage) =>
        Path.Length > 0 ? Path : System.IO.Path.Combine(storage.Path, "keys");
}
