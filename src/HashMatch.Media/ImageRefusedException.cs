namespace HashMatch.Media;

/// <summary>A file was not taken as a picture.</summary>
/// <remarks>
/// The message is for the person who chose the file: it says what to do, and repeats neither the file's name nor
/// anything in it. For that reason no inner exception is kept either: the system's own texts name the file.
/// </remarks>
public sealed class ImageRefusedException : Exception
{
    internal ImageRefusedException(ImageRefusal reason)
        : this(reason, Sentence(reason))
    {
    }

    internal ImageRefusedException(ImageRefusal reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Why the file was refused.</summary>
    public ImageRefusal Reason { get; }

    private static string Sentence(ImageRefusal reason) => reason switch
    {
        ImageRefusal.NotFound => "There is no file of that name. Check the name and the folder.",
        ImageRefusal.NotAFile => "This is a folder or a device, not a file. Choose a picture file.",
        ImageRefusal.Unreadable => "The file cannot be read. Check that you may open it, then try again.",
        ImageRefusal.Changed => "The file changed while it was read. Wait until it is complete, then try again.",
        ImageRefusal.Empty => "The file is empty. Choose the original, or download it again.",
        ImageRefusal.FileTooLarge => "The file is too large. Save the picture as a smaller file, then try again.",
        ImageRefusal.Video => "This is a video, not a still picture. Choose a picture, or save stills of the video.",
        ImageRefusal.UnsupportedFormat or ImageRefusal.UnknownFormat =>
            "This is not a picture that can be read here. Save it as JPEG or PNG, then try again.",
        ImageRefusal.Damaged =>
            "The picture is damaged or incomplete. Choose the original, or download it again.",
        ImageRefusal.SideTooLong or ImageRefusal.TooManyPixels =>
            "The picture has too many pixels. Make it smaller, then try again.",
        ImageRefusal.TooManyPages =>
            "The file has too many pages. Save the page that you mean as a JPEG or PNG, then try again.",
        ImageRefusal.UnsupportedPixels =>
            "The picture's kind of colours cannot be read here. Save it as JPEG or PNG, then try again.",
        ImageRefusal.TookTooLong =>
            "The picture took too long to decode. Save it as a smaller JPEG, then try again.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
