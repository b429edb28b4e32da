using System.Security.Cryptography;

namespace HashMatch.Service.Storage;

/// <summary>A secret key in a file that only the service's user can read.</summary>
public static class KeyFile
{
    /// <summary>Reads a key, or makes it of random bytes when the file is missing.</summary>
    /// <exception cref="InvalidOperationException">The file does not hold a key of this size.</exception>
    public static byte[] ReadOrCreate(string folder, string name, int size)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Create(path, RandomNumberGenerator.GetBytes(size));
        }

        byte[] key = File.ReadAllBytes(path);
        return key.Length == size
            ? key
            : throw new InvalidOperationException(
                $"The key file {name} is damaged. Restore it from a backup: a new one would change what it protects.");
    }

    // Written whole under another name first, so that a crash leaves no half key, and never over a key that another
    // node made meanwhile.
    private static void Create(string path, byte[] key)
    {
        string draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
