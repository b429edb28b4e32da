using System.Security.Cryptography;

namespace HashMatch.Service.Storage;

/// <summary>A secret key in a file that only the service's user can read.</summary>
public static class KeyFile
{
    /// <summary>Reads a key, or makes it of random bytes when the file is missing.</summary>
    /// <exception cref="InvalidOperationException">The file does not hold a key of this size.</exception>
    public static byte[] ReadOrCreate(string folder, string name, int size)
    {
        byte[] key = ReadOrCreate(folder, name, () => RandomNumberGenerator.GetBytes(size));
        return key.Length == size ? key : throw Damaged(name);
    }

    /// <summary>Reads a key, or makes it when the file is missing.</summary>
    public static byte[] ReadOrCreate(string folder, string name, Func<byte[]> make)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Write(path, make(), overwrite: false);
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Puts another key in the place of one.</summary>
    public static void Replace(string folder, string name, byte[] key) =>
        Write(Path.Combine(folder, name), key, overwrite: true);

    /// <summary>What to say of a file that holds no key.</summary>
    public static InvalidOperationException Damaged(string name) => new(
        $"The key file {name} is damaged. Restore it from a backup: a new one would change what it protects.");

    // Written whole under another name first, so that a crash leaves no half key; and never over a key that another
    // node made meanwhile, unless it is to be replaced.
    private static void Write(string path, byte[] key, bool overwrite)
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
            File.Move(draft, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
