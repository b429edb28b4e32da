using System.Runtime.InteropServices;
using HashMatch.Media.Libvips;

namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>The entry points of libvips for writing files, which only the report needs.</summary>
internal static unsafe partial class VipsSaveApi
{
    private const string Vips = "libvips.so.42";
    private const string GObject = "libgobject-2.0.so.0";

    // Does not copy: the memory must outlive the image.
    [LibraryImport(Vips, EntryPoint = "vips_image_new_from_memory")]
    internal static partial nint NewImage(byte* pixels, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Vips, EntryPoint = "vips_blob_get_type")]
    internal static partial nuint GetBlobType();

    [LibraryImport(Vips, EntryPoint = "vips_blob_get")]
    internal static partial byte* GetBytes(nint blob, out nuint length);

    [LibraryImport(GObject, EntryPoint = "g_value_get_boxed")]
    internal static partial nint GetBoxed(VipsApi.GValue* value);
}
