namespace HashMatch.Media;

/// <summary>Pictures cannot be decoded because libvips 8.13 or newer cannot be loaded.</summary>
public sealed class LibvipsMissingException : Exception
{
    internal LibvipsMissingException()
        : base("Reading pictures needs libvips 8.13 or newer. Install it: apt-get install libvips42")
    {
    }
}
