namespace HashMatch.Hashing;

/// <summary>How a picture larger than 512 pixels a side is brought to PDQ.</summary>
/// <remarks>
/// The two modes differ by 2 to 10 bits on photos, so a list and what is looked up in it should use the same one. They
/// agree on pictures of at most 512 by 512 pixels.
/// </remarks>
public enum PdqMode
{
    /// <summary>Every pixel counts. What most partner lists hold, and the default.</summary>
    FullResolution,

    /// <summary>
    /// A picture wider or higher than 512 pixels is first reduced to 512 by 512 by picking the nearest source pixel,
    /// (floor(x * width / 512), floor(y * height / 512)). What the C++ and WebAssembly tools do.
    /// </summary>
    Stretch512,
}
