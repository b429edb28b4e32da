namespace HashMatch.Media.Libvips;

/// <summary>A picture whose header is read and whose rows can be decoded from top to bottom, once.</summary>
/// <remarks>
/// The file's bytes must stay where they are until <see cref="Dispose"/>: libvips does not copy them.
/// </remarks>
internal unsafe ref struct VipsImage : IDisposable
{
    private nint _source;
    private nint _image;
    private nint _region;

    private VipsImage(nint source, nint image)
    {
        _source = source;
        _image = image;
    }

    public readonly int Width => VipsApi.GetWidth(_image);

    public readonly int Height => VipsApi.GetHeight(_image);

    public readonly int Bands => VipsApi.GetBands(_image);

    public readonly VipsBandFormat Format => (VipsBandFormat)VipsApi.GetFormat(_image);

    public readonly VipsInterpretation Interpretation => (VipsInterpretation)VipsApi.GetInterpretation(_image);

    /// <summary>Whether pixels are plain numbers, and not packed as LABQ or RAD are.</summary>
    public readonly bool IsPlain => VipsApi.GetCoding(_image) == 0;

    /// <summary>The EXIF or TIFF orientation, 1 to 8; 1 for HEIC and AVIF, which libheif has turned already.</summary>
    public readonly int Orientation => VipsApi.GetOrientation(_image);

    /// <summary>Reads a picture's header with the loader of that name.</summary>
    /// <returns>Whether the loader took the bytes; if not, there is nothing to dispose of.</returns>
    public static bool TryOpen(string loader, byte* file, int length, out VipsImage image)
    {
        image = default;
        VipsApi.ClearError();
        nint source = VipsApi.NewSource(file, (nuint)length);
        if (source == 0)
        {
            return false;
        }

        nint opened = Load(loader, source);
        if (opened == 0)
        {
            VipsApi.Release(source);
            return false;
        }

        image = new VipsImage(source, opened);
        return true;
    }

    /// <summary>Decodes some rows. Rows must be asked for from the top, each once.</summary>
    /// <returns>The pixels, to be released with <see cref="VipsApi.Free"/>, or null for a damaged picture.</returns>
    public byte* DecodeRows(int top, int count, out nuint length)
    {
        if (_region == 0)
        {
            _region = VipsApi.NewRegion(_image);
        }

        length = 0;
        return _region == 0 ? null : VipsApi.Fetch(_region, 0, top, Width, count, out length);
    }

    public void Dispose()
    {
        Release(ref _region);
        Release(ref _image);
        Release(ref _source);
    }

    private static nint Load(string loader, nint source)
    {
        nint operation = VipsApi.NewOperation(loader);
        if (operation == 0)
        {
            return 0;
        }

        VipsApi.GValue value = default;
        _ = VipsApi.InitValue(&value, VipsApi.GetSourceType());
        VipsApi.SetObject(&value, source);
        VipsApi.SetProperty(operation, "source", &value);
        VipsApi.UnsetValue(&value);

        // Never access=random: above 100 MB libvips then writes the decoded picture to the temporary folder.
        // Only fail_on=warning catches bit errors in JPEG; the weaker settings return wrong pixels.
        nint image = 0;
        if (VipsApi.SetArgument(operation, "access", "sequential") == 0
            && VipsApi.SetArgument(operation, "fail_on", "warning") == 0
            && VipsApi.Build(ref operation) == 0)
        {
            value = default;
            _ = VipsApi.InitValue(&value, VipsApi.GetImageType());
            VipsApi.GetProperty(operation, "out", &value);
            image = VipsApi.GetObject(&value);
            if (image != 0)
            {
                _ = VipsApi.Reference(image);
            }

            VipsApi.UnsetValue(&value);
        }

        VipsApi.ReleaseOutputs(operation);
        VipsApi.Release(operation);
        return image;
    }

    private static void Release(ref nint instance)
    {
        if (instance != 0)
        {
            VipsApi.Release(instance);
            instance = 0;
        }
    }
}
