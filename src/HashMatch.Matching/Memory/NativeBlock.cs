using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace HashMatch.Matching.Memory;

/// <summary>
/// A block of zeroed memory outside the garbage collector's heap, on huge pages where Linux has them.
/// </summary>
/// <remarks>
/// Whoever uses the pointer holds the block meanwhile (<see cref="GC.KeepAlive"/>). Disposing frees the memory at once;
/// a block that nobody holds any more is freed by its finalizer, which the collector hears of as memory pressure.
/// </remarks>
internal sealed unsafe partial class NativeBlock : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>The block begins at a multiple of it: a cache line.</summary>
    public const int Alignment = 64;

    // A huge page of x86-64.
    private const nuint HugePage = 2 << 20;

    // From here on a block comes straight from the kernel, as what is freed must go back there: the C library's
    // allocator would keep it, and did so with hundreds of megabytes of merged segments.
    private const nuint LeastMapped = 1 << 16;

    private readonly nuint _mapped;

    private readonly long _pressure;

    /// <summary>Takes a block of some bytes, which are zero.</summary>
    /// <param name="length">How many bytes.</param>
    /// <param name="isReserve">
    /// Whether most of it will not be used for long: the collector does not hear of it then. Linux takes memory when it
    /// is first written to (<see cref="IsLazy"/>).
    /// </param>
    /// <exception cref="InsufficientMemoryException">There is not as much.</exception>
    public NativeBlock(nuint length, bool isReserve = false)
        : base(ownsHandle: true)
    {
        Length = length;
        if (OperatingSystem.IsLinux() && length >= LeastMapped)
        {
            _mapped = WholePages(length, (nuint)Environment.SystemPageSize);
            SetHandle((nint)Map(_mapped));
        }
        else
        {
            nuint rounded = Math.Max(length + Alignment - 1, Alignment) & ~(nuint)(Alignment - 1);
            void* memory = NativeMemory.AlignedAlloc(rounded, Alignment);
            NativeMemory.Clear(memory, rounded);
            SetHandle((nint)memory);
        }

        if (length > 0 && !isReserve)
        {
            _pressure = (long)length;
            GC.AddMemoryPressure(_pressure);
        }
    }

    /// <summary>Whether memory of long blocks is taken only when it is first written to.</summary>
    public static bool IsLazy => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>The bytes asked for.</summary>
    public nuint Length { get; }

    /// <summary>The first byte.</summary>
    public byte* Pointer => (byte*)handle;

    /// <summary>The bytes of the pages that a length takes: 4 kB each, or 16 or 64 kB on some ARM machines.</summary>
    /// <param name="length">The length.</param>
    /// <param name="page">That of a page, a power of two.</param>
    public static nuint WholePages(nuint length, nuint page) => (length + page - 1) & ~(page - 1);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_mapped > 0 && OperatingSystem.IsLinux())
        {
            _ = Unmap((void*)handle, _mapped);
        }
        else
        {
            NativeMemory.AlignedFree((void*)handle);
        }

        if (_pressure > 0)
        {
            GC.RemoveMemoryPressure(_pressure);
        }

        return true;
    }

    [SupportedOSPlatform("linux")]
    private static byte* Map(nuint length)
    {
        // A huge page more than needed, of which the ends before and behind the aligned part are given back.
        const int ReadAndWrite = 1 | 2;
        const int PrivateAnonymousUnreserved = 2 | 0x20 | 0x4000;
        const int AdviseHugePages = 14;
        byte* start = (byte*)MMap(null, length + HugePage, ReadAndWrite, PrivateAnonymousUnreserved, -1, 0);
        if ((nint)start == -1)
        {
            throw new InsufficientMemoryException();
        }

        var aligned = (byte*)(((nuint)start + HugePage - 1) & ~(HugePage - 1));
        nuint before = (nuint)(aligned - start);
        if (before > 0)
        {
            _ = Unmap(start, before);
        }

        if (before < HugePage)
        {
            _ = Unmap(aligned + length, HugePage - before);
        }

        // A kernel without huge pages says no, and small ones do as well.
        _ = Advise(aligned, length, AdviseHugePages);
        return aligned;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [SupportedOSPlatform("linux")]
    private static partial void* MMap(
        void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [SupportedOSPlatform("linux")]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [SupportedOSPlatform("linux")]
    private static partial int Advise(void* address, nuint length, int advice);
}
