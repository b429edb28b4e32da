using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HashMatch.Media;

/// <summary>Reads a file whole, and nothing but a file: a pipe would block for ever, a device never end.</summary>
internal static unsafe partial class PictureFile
{
    // Numbers of Linux, the same on x86-64 and ARM64.
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const int OpenForReading = 0x80900; // O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    private const uint BasicFacts = 0x7FF;
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;

    /// <summary>Reads the file into <paramref name="buffer"/>.</summary>
    /// <returns>The file's bytes: the beginning of what <paramref name="buffer"/> now holds.</returns>
    /// <exception cref="ImageRefusedException">
    /// It is no file, too large, cannot be read or changes meanwhile.
    /// </exception>
    public static ReadOnlySpan<byte> Read(string path, long maxBytes, ref ReusedBytes buffer)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A path has no null character.", nameof(path));
        }

        try
        {
            using SafeFileHandle handle = OperatingSystem.IsLinux() ? OpenOnLinux(path) : OpenElsewhere(path);
            return Read(handle, maxBytes, ref buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The system's own text names the file, so it is not passed on.
            throw new ImageRefusedException(error switch
            {
                FileNotFoundException or DirectoryNotFoundException => ImageRefusal.NotFound,
                NotSupportedException => ImageRefusal.NotAFile,
                _ => ImageRefusal.Unreadable,
            });
        }
    }

    /// <summary>Reads what an open file holds; for tests, which change it meanwhile.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="maxBytes">The greatest length that is taken.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="afterLength">Called when the length is known and nothing is read yet.</param>
    internal static ReadOnlySpan<byte> Read(
        SafeFileHandle handle,
        long maxBytes,
        ref ReusedBytes buffer,
        Action? afterLength = null)
    {
        long length = RandomAccess.GetLength(handle);
        if (length == 0)
        {
            throw new ImageRefusedException(ImageRefusal.Empty);
        }

        if (length > maxBytes)
        {
            throw new ImageRefusedException(ImageRefusal.FileTooLarge);
        }

        afterLength?.Invoke();
        Span<byte> bytes = buffer.AtLeast((int)length).AsSpan(0, (int)length);
        int done = 0;
        while (done < bytes.Length)
        {
            int read = RandomAccess.Read(handle, bytes[done..], done);
            if (read == 0)
            {
                throw new ImageRefusedException(ImageRefusal.Changed);
            }

            done += read;
        }

        Span<byte> more = stackalloc byte[1];
        return RandomAccess.Read(handle, more, length) == 0
            ? bytes
            : throw new ImageRefusedException(ImageRefusal.Changed);
    }

    private static SafeFileHandle OpenOnLinux(string path)
    {
        // Looked at before opening, because opening alone makes some devices act; and after, because what the name
        // stands for may have changed in between. Not blocking, so that a pipe put there in between cannot hang us.
        if (WhyNotAFile(CurrentFolder, path, 0) is ImageRefusal before)
        {
            throw new ImageRefusedException(before);
        }

        int descriptor = Open(path, OpenForReading);
        if (descriptor < 0)
        {
            throw new ImageRefusedException(LastError());
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (WhyNotAFile(descriptor, "", EmptyPath) is ImageRefusal after)
        {
            handle.Dispose();
            throw new ImageRefusedException(after);
        }

        return handle;
    }

    private static SafeFileHandle OpenElsewhere(string path)
    {
        if ((File.GetAttributes(path) & (FileAttributes.Directory | FileAttributes.Device)) != 0)
        {
            throw new ImageRefusedException(ImageRefusal.NotAFile);
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private static ImageRefusal? WhyNotAFile(int folder, string path, int flags)
    {
        const int ModeOffset = 28;
        const int KindMask = 0xF000;
        const int RegularFile = 0x8000;

        byte* facts = stackalloc byte[256];
        if (Status(folder, path, flags, BasicFacts, facts) != 0)
        {
            return LastError();
        }

        ushort mode = *(ushort*)(facts + ModeOffset);
        return (mode & KindMask) == RegularFile ? null : ImageRefusal.NotAFile;
    }

    private static ImageRefusal LastError() => Marshal.GetLastPInvokeError() is NoSuchFile or NotAFolder
        ? ImageRefusal.NotFound
        : ImageRefusal.Unreadable;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint wanted, byte* facts);
}
