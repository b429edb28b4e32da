using System.Globalization;
using HashMatch.Hashing;
using HashMatch.Media;
using HashMatch.Media.Libvips;

namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>Saves pictures as JPEG or WebP and opens them again: what every upload does to them.</summary>
/// <remarks>One a thread. Opening is the product's own, <see cref="ImageDecoder"/>.</remarks>
internal sealed class LossyCodec
{
    private static readonly Lock StartLock = new();
    private static bool _savingAllowed;

    private readonly ImageDecoder _decoder = new();

    public LossyCodec() => AllowSaving();

    public Picture Open(ReadOnlySpan<byte> file)
    {
        DecodedImage image = _decoder.Decode(file);
        var picture = new Picture(image.Width, image.Height);
        if (image.Format == PixelFormat.Rgb24)
        {
            image.Pixels.CopyTo(picture.Pixels);
            return picture;
        }

        for (int i = 0; i < image.Pixels.Length; i++)
        {
            picture.Pixels.AsSpan(i * Picture.Channels, Picture.Channels).Fill(image.Pixels[i]);
        }

        return picture;
    }

    /// <summary>Through JPEG, with colours at half the resolution at every quality.</summary>
    public Picture Jpeg(Picture picture, int quality) =>
        Open(Save(picture, "jpegsave_buffer", quality, ("subsample_mode", "on")));

    public Picture Webp(Picture picture, int quality) => Open(Save(picture, "webpsave_buffer", quality));

    private static void AllowSaving()
    {
        lock (StartLock)
        {
            if (!_savingAllowed)
            {
                // The product writes no files and has shut all savers.
                VipsRuntime.Start(VipsLibraries.Installed);
                VipsApi.BlockOperation("VipsForeignSaveJpeg", 0);
                VipsApi.BlockOperation("VipsForeignSaveWebp", 0);
                _savingAllowed = true;
            }
        }
    }

    private static unsafe byte[] Save(
        Picture picture, string saver, int quality, params ReadOnlySpan<(string Name, string Value)> options)
    {
        fixed (byte* pixels = picture.Pixels)
        {
            nint image = VipsSaveApi.NewImage(
                pixels,
                (nuint)picture.Pixels.Length,
                picture.Width,
                picture.Height,
                Picture.Channels,
                (int)VipsBandFormat.UInt8);
            nint operation = VipsApi.NewOperation(saver);
            try
            {
                VipsApi.GValue value = default;
                _ = VipsApi.InitValue(&value, VipsApi.GetImageType());
                VipsApi.SetObject(&value, image);
                VipsApi.SetProperty(operation, "in", &value);
                VipsApi.UnsetValue(&value);

                int refused = VipsApi.SetArgument(
                    operation, "Q", quality.ToString(CultureInfo.InvariantCulture));
                foreach ((string name, string text) in options)
                {
                    refused |= VipsApi.SetArgument(operation, name, text);
                }

                if (refused != 0 || VipsApi.Build(ref operation) != 0)
                {
                    throw new RecallFailure($"libvips could not save a picture with {saver}.");
                }

                return TakeBuffer(operation);
            }
            finally
            {
                VipsApi.ReleaseOutputs(operation);
                VipsApi.Release(operation);
                VipsApi.Release(image);
            }
        }
    }

    private static unsafe byte[] TakeBuffer(nint operation)
    {
        VipsApi.GValue value = default;
        _ = VipsApi.InitValue(&value, VipsSaveApi.GetBlobType());
        VipsApi.GetProperty(operation, "buffer", &value);
        byte* bytes = VipsSaveApi.GetBytes(VipsSaveApi.GetBoxed(&value), out nuint length);
        byte[] file = new ReadOnlySpan<byte>(bytes, (int)length).ToArray();
        VipsApi.UnsetValue(&value);
        return file;
    }
}
