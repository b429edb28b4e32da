namespace HashMatch.Hashing;

/// <summary>The order of the bytes of one pixel. Each sample has 8 bits.</summary>
/// <remarks>
/// Pixels with alpha are composited over white, each channel by the integer formula
/// (c * a + 255 * (255 - a) + 127) / 255, so that opaque pixels hash exactly as <see cref="Rgb24"/>. The alpha must be
/// straight. Premultiplied pixels are for the caller to composite: add 255 - a to every colour channel, set a to 255.
/// </remarks>
public enum PixelFormat
{
    /// <summary>One byte: luma, or grey. It is taken as it is.</summary>
    Gray8,

    /// <summary>Three bytes: red, green, blue.</summary>
    Rgb24,

    /// <summary>Four bytes: red, green, blue, straight alpha.</summary>
    Rgba32,

    /// <summary>Four bytes: blue, green, red, straight alpha.</summary>
    Bgra32,
}
