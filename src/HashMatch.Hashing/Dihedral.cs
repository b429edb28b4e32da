namespace HashMatch.Hashing;

/// <summary>The eight ways to turn and mirror a picture, in the order in which their hashes are given.</summary>
public enum Dihedral
{
    /// <summary>The picture as it is.</summary>
    Identity,

    /// <summary>Turned by 90 degrees.</summary>
    Rotate90,

    /// <summary>Turned by 180 degrees.</summary>
    Rotate180,

    /// <summary>Turned by 270 degrees.</summary>
    Rotate270,

    /// <summary>Mirrored top to bottom.</summary>
    FlipX,

    /// <summary>Mirrored left to right.</summary>
    FlipY,

    /// <summary>Rows and columns exchanged: mirrored along the falling diagonal.</summary>
    Transpose,

    /// <summary>Mirrored along the rising diagonal.</summary>
    AntiTranspose,
}
