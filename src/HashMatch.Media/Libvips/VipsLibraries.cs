using System.Reflection;
using System.Runtime.InteropServices;

namespace HashMatch.Media.Libvips;

/// <summary>The file names of the three libraries that decoding calls.</summary>
internal sealed record VipsLibraries(string Vips, string GObject, string GLib)
{
    /// <summary>
    /// The names that Debian's packages and every other Linux give them: those of their stable interface.
    /// </summary>
    public static VipsLibraries Installed { get; } =
        new("libvips.so.42", "libgobject-2.0.so.0", "libglib-2.0.so.0");

    /// <summary>Loads the libraries and checks that this libvips can block loaders, which 8.13 brought.</summary>
    /// <exception cref="LibvipsMissingException">One is absent, or libvips is older.</exception>
    public void Load()
    {
        Assembly assembly = typeof(VipsLibraries).Assembly;
        if (!NativeLibrary.TryLoad(GLib, assembly, null, out _)
            || !NativeLibrary.TryLoad(GObject, assembly, null, out _)
            || !NativeLibrary.TryLoad(Vips, assembly, null, out nint vips)
            || !NativeLibrary.TryGetExport(vips, "vips_operation_block_set", out _))
        {
            throw new LibvipsMissingException();
        }
    }
}
