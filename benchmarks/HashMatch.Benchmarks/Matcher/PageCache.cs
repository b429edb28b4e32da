using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The kernel's copies of files in memory.</summary>
internal static partial class PageCache
{
    // Linux's POSIX_FADV_DONTNEED.
    private const int DontNeed = 4;

    /// <summary>Asks the kernel to forget a file, which must be on the disk whole, so that it is read anew.</summary>
    public static void Forget(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        if (Advise(file, 0, 0, DontNeed) != 0)
        {
            throw new MatcherFailure("This system does not forget a file's pages when it is asked to.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, nint offset, nint length, int advice);
}
