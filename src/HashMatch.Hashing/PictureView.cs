namespace HashMatch.Hashing;

/// <summary>One of the ways in which a picture is looked at, and the fingerprint that it has so.</summary>
/// <param name="Name">
/// What is shown: "raw" (every pixel), "frame-1" and so on (what is inside a frame), or a part of the photo, such as
/// "middle-80". For people and reports; it is not sent with a registered hash.
/// </param>
/// <param name="Turn">How it is turned; always <see cref="Dihedral.Identity"/> for registered views.</param>
/// <param name="Fingerprint">The hash, and the quality, at least <see cref="Fingerprint.MinimumQuality"/>.</param>
public readonly record struct PictureView(string Name, Dihedral Turn, Fingerprint Fingerprint);
