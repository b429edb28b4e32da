using System.ComponentModel.DataAnnotations;

namespace HashMatch.Service.Storage;

/// <summary>Where the service keeps its data: the configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The folder of the database and its lock; made if it is missing, for this user alone.</summary>
    [Required]
    public string Path { get; set; } = "hashmatch-data";

    /// <summary>The database file.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "hashmatch.db");

    /// <summary>Makes the data folder if it is missing, closed to other users.</summary>
    public void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
