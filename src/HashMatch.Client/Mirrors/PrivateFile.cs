using System.Runtime.InteropServices;

namespace HashMatch.Client.Mirrors;

/// <summary>Files that only their owner can read, and that replace others durably.</summary>
internal static class PrivateFile
{
    private const int ReadOnly = 0;

    /// <summary>Creates a file, mode 0600, which must not be there.</summary>
    public static FileStream Create(string path) =>
        Open(path, FileMode.CreateNew, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Opens a file to write it; a new one has the mode 0600.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a small file whole, durably, in the place of another.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string draft = path + ".new";
        File.Delete(draft);
        using (FileStream file = Create(draft))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        Replace(draft, path);
    }

    /// <summary>Renames a durable file over another, so that a power cut leaves the one or the other.</summary>
    public static void Replace(string draft, string path)
    {
        File.Move(draft, path, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    // The name is durable when the folder is, and .NET opens no folders.
    private static void SyncFolder(string folder)
    {
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException("The mirror's folder cannot be opened.");
        }

        int synced = Sync(descriptor);
        int closed = Close(descriptor);
        if (synced != 0 || closed != 0)
        {
            throw new IOException("The mirror's folder cannot be made durable.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
