namespace HashMatch.Media.Libvips;

/// <summary>libvips's numbers for the meaning of a pixel's samples; those that are decoded here.</summary>
internal enum VipsInterpretation
{
    BlackAndWhite = 1,
    Cmyk = 15,
    Srgb = 22,
    Rgb16 = 25,
    Grey16 = 26,
}
