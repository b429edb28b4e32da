using System.Runtime.InteropServices;

namespace HashMatch.Tests.Hashing;

/// <summary>Bytes that end where memory does: one byte read behind the last ends the process.</summary>
public sealed unsafe partial class GuardedPixels : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _start;
    private readonly nint _length;

    public GuardedPixels(ReadOnlySpan<byte> bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pages are guarded on Linux only.");
        int page = Environment.SystemPageSize;
        nint used = (bytes.Length + page - 1) / page * page;
        _length = used + page;
        _start = Map(0, _length, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(new nint(-1), _start);
        Assert.Equal(0, Protect(_start + used, page, 0));
        Pixels = (byte*)(_start + used - bytes.Length);
        bytes.CopyTo(new Span<byte>(Pixels, bytes.Length));
    }

    public byte* Pixels { get; }

    public void Dispose() => _ = Unmap(_start, _length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
