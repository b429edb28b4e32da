namespace HashMatch.Media.Libvips;

/// <summary>libvips's numbers for the type of a sample; those that are decoded here.</summary>
internal enum VipsBandFormat
{
    UInt8 = 0,
    UInt16 = 2,
}
