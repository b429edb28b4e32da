namespace HashMatch.Media;

/// <summary>Why a file was not taken as a picture.</summary>
public enum ImageRefusal
{
    /// <summary>There is no file of that name.</summary>
    NotFound,

    /// <summary>It is a folder, a pipe or a device.</summary>
    NotAFile,

    /// <summary>The system does not let it be opened or read.</summary>
    Unreadable,

    /// <summary>It became longer or shorter while it was read.</summary>
    Changed,

    /// <summary>It holds no bytes.</summary>
    Empty,

    /// <summary>It is larger than <see cref="ImageLimits.MaxFileBytes"/>.</summary>
    FileTooLarge,

    /// <summary>It is a video.</summary>
    Video,

    /// <summary>It is of a known kind that is not decoded here, such as PDF, SVG or a camera's raw file.</summary>
    UnsupportedFormat,

    /// <summary>Its first bytes are not those of any known kind.</summary>
    UnknownFormat,

    /// <summary>It starts as a picture but cannot be decoded whole.</summary>
    Damaged,

    /// <summary>It is wider or higher than <see cref="ImageLimits.MaxSide"/>.</summary>
    SideTooLong,

    /// <summary>It has more pixels than <see cref="ImageLimits.MaxPixels"/>.</summary>
    TooManyPixels,

    /// <summary>It is a TIFF of more than 10,000 pages.</summary>
    TooManyPages,

    /// <summary>Its pixels are neither grey, RGB nor CMYK of 8 or 16 bits.</summary>
    UnsupportedPixels,

    /// <summary>Decoding took longer than <see cref="ImageLimits.MaxTime"/>.</summary>
    TookTooLong,
}
