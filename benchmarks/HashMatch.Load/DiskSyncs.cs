using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HashMatch.Load;

/// <summary>How often a disk makes 4 KiB more durable: what one commit after the other could at most.</summary>
internal static class DiskSyncs
{
    /// <summary>Appends and syncs for a while, and gives the syncs a second.</summary>
    public static double Measure(string path, TimeSpan time)
    {
        byte[] page = new byte[4096];
        Random.Shared.NextBytes(page);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var watch = Stopwatch.StartNew();
        long count = 0;
        while (watch.Elapsed < time)
        {
            RandomAccess.Write(file, page, count * page.Length);
            if (SyncData(file) != 0)
            {
                throw new LoadFailure(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
            }

            count++;
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int SyncData(SafeFileHandle file);
}
