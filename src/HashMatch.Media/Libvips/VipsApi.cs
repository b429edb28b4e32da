using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HashMatch.Media.Libvips;

/// <summary>The entry points used of libvips, GObject and GLib; none takes a variable number of arguments.</summary>
/// <remarks>
/// The names carry the version of the stable interface, so that the system's loader finds them without the development
/// packages. Nothing is loaded before the first call.
/// </remarks>
internal static unsafe partial class VipsApi
{
    private const string Vips = "libvips.so.42";
    private const string GObject = "libgobject-2.0.so.0";
    private const string GLib = "libglib-2.0.so.0";

    [LibraryImport(Vips, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string programName);

    [LibraryImport(Vips, EntryPoint = "vips_concurrency_set")]
    internal static partial void SetConcurrency(int threads);

    [LibraryImport(Vips, EntryPoint = "vips_cache_set_max")]
    internal static partial void SetCacheMax(int operations);

    [LibraryImport(Vips, EntryPoint = "vips_block_untrusted_set")]
    internal static partial void BlockUntrusted(int blocked);

    [LibraryImport(Vips, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void BlockOperation(string className, int blocked);

    [LibraryImport(Vips, EntryPoint = "vips_source_get_type")]
    internal static partial nuint GetSourceType();

    [LibraryImport(Vips, EntryPoint = "vips_image_get_type")]
    internal static partial nuint GetImageType();

    // Does not copy: the memory must outlive the source and every image made from it.
    [LibraryImport(Vips, EntryPoint = "vips_source_new_from_memory")]
    internal static partial nint NewSource(byte* data, nuint length);

    [LibraryImport(Vips, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint NewOperation(string name);

    [LibraryImport(
        Vips,
        EntryPoint = "vips_object_set_argument_from_string",
        StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetArgument(nint operation, string name, string value);

    // 0 when built. The operation may be exchanged for another, which is then the one to release.
    [LibraryImport(Vips, EntryPoint = "vips_cache_operation_buildp")]
    internal static partial int Build(ref nint operation);

    [LibraryImport(Vips, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void ReleaseOutputs(nint operation);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_width")]
    internal static partial int GetWidth(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_height")]
    internal static partial int GetHeight(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_bands")]
    internal static partial int GetBands(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_format")]
    internal static partial int GetFormat(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_coding")]
    internal static partial int GetCoding(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_interpretation")]
    internal static partial int GetInterpretation(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_orientation")]
    internal static partial int GetOrientation(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_region_new")]
    internal static partial nint NewRegion(nint image);

    // Decodes a rectangle and gives a copy to release with Free, or null.
    [LibraryImport(Vips, EntryPoint = "vips_region_fetch")]
    internal static partial byte* Fetch(nint region, int left, int top, int width, int height, out nuint length);

    [LibraryImport(Vips, EntryPoint = "vips_error_clear")]
    internal static partial void ClearError();

    [LibraryImport(Vips, EntryPoint = "vips_error_buffer_copy")]
    internal static partial byte* TakeError();

    [LibraryImport(Vips, EntryPoint = "vips_tracked_get_mem")]
    internal static partial nuint GetTrackedBytes();

    [LibraryImport(Vips, EntryPoint = "vips_tracked_get_mem_highwater")]
    internal static partial nuint GetTrackedBytesPeak();

    [LibraryImport(Vips, EntryPoint = "vips_tracked_get_allocs")]
    internal static partial int GetTrackedBlocks();

    [LibraryImport(Vips, EntryPoint = "vips_tracked_get_files")]
    internal static partial int GetTrackedFiles();

    [LibraryImport(GObject, EntryPoint = "g_value_init")]
    internal static partial nint InitValue(GValue* value, nuint type);

    [LibraryImport(GObject, EntryPoint = "g_value_set_object")]
    internal static partial void SetObject(GValue* value, nint instance);

    [LibraryImport(GObject, EntryPoint = "g_value_get_object")]
    internal static partial nint GetObject(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_unset")]
    internal static partial void UnsetValue(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void GetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_ref")]
    internal static partial nint Reference(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    internal static partial void Release(nint instance);

    [LibraryImport(GLib, EntryPoint = "g_free")]
    internal static partial void Free(void* memory);

    [LibraryImport(GLib, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint SetLogHandler(
        string domain,
        int levels,
        delegate* unmanaged[Cdecl]<byte*, int, byte*, void*, void> handler,
        void* data);

    /// <summary>GObject's box for one typed value: 24 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        private nuint _type;
        private TwoWords _data;

        [InlineArray(2)]
        private struct TwoWords
        {
            private long _word;
        }
    }
}
