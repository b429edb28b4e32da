using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HashMatch.Media.Libvips;

/// <summary>Starts libvips once in the process, with everything but six loaders switched off.</summary>
internal static unsafe class VipsRuntime
{
    // All levels and the two flags that GLib adds to them.
    private const int AllLogLevels = -1;

    private static readonly Lock StartLock = new();
    private static bool _started;

    /// <summary>Starts libvips if this was not done before.</summary>
    /// <exception cref="LibvipsMissingException">It is absent, too old, or does not start.</exception>
    public static void Start(VipsLibraries libraries)
    {
        // Each decoder asks with its own names, so that a test can ask for libraries that no machine has.
        libraries.Load();
        lock (StartLock)
        {
            if (!_started)
            {
                StartOnce();
                _started = true;
            }
        }
    }

    private static void StartOnce()
    {
        // Without a handler each warning is written to standard error, file contents and all.
        _ = VipsApi.SetLogHandler("VIPS", AllLogLevels, &DropMessage, null);
        if (VipsApi.Init("hashmatch") != 0)
        {
            throw new LibvipsMissingException();
        }

        // One photo, one thread: whoever has more photos has more decoders.
        VipsApi.SetConcurrency(1);

        // The cache would keep operations whose source points at memory that is long gone.
        VipsApi.SetCacheMax(0);

        // The six decoders that the format sniffing names, and no other: not poppler, not ImageMagick, not librsvg.
        VipsApi.BlockOperation("VipsForeignLoad", 1);
        foreach (string loader in (ReadOnlySpan<string>)["Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif"])
        {
            VipsApi.BlockOperation("VipsForeignLoad" + loader, 0);
        }

        VipsApi.BlockOperation("VipsForeignSave", 1);
        VipsApi.BlockUntrusted(1);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DropMessage(byte* domain, int level, byte* message, void* data)
    {
        // libvips calls this from its own threads too, so there is nothing to say here about which file is meant.
    }
}
