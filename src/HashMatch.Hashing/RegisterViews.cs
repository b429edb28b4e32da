namespace HashMatch.Hashing;

/// <summary>How many views of a picture are registered.</summary>
public enum RegisterViews
{
    /// <summary>One: the whole picture, or only the photo in it where a frame would make it like others.</summary>
    Plain,

    /// <summary>Up to 16, so that cropped, turned and captioned copies are found too.</summary>
    Wide,
}
