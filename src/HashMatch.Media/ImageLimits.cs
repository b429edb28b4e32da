namespace HashMatch.Media;

/// <summary>
/// What a picture may cost before it is refused. All but the time are checked before a pixel is decoded.
/// </summary>
public sealed record ImageLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>The greatest size of a file in bytes, from 1 to <see cref="Array.MaxLength"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public long MaxFileBytes
    {
        get;
        init => field = Within(value, Array.MaxLength, nameof(MaxFileBytes));
    }
    = 256L << 20;

    /// <summary>The greatest width times height in pixels, from 1 to 200 million.</summary>
    /// <remarks>
    /// Decoding takes 1 or 3 bytes a pixel here, and up to 8 more inside the decoder of some formats.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public long MaxPixels
    {
        get;
        init => field = Within(value, 200_000_000, nameof(MaxPixels));
    }
    = 100_000_000;

    /// <summary>The greatest width and the greatest height in pixels, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxSide
    {
        get;
        init => field = (int)Within(value, int.MaxValue, nameof(MaxSide));
    }
    = 65_535;

    /// <summary>How long decoding one picture may take.</summary>
    /// <remarks>
    /// Looked at between strips of rows. What a decoder does in one call (all of a WebP, HEIC or AVIF, the passes of a
    /// progressive JPEG or interlaced PNG) is bounded by <see cref="MaxPixels"/> alone and noticed when it returns.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan MaxTime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(MaxTime));
            field = value;
        }
    }
    = TimeSpan.FromSeconds(10);

    private static long Within(long value, long most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }
}
