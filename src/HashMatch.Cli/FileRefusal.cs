namespace HashMatch.Cli;

/// <summary>Why something that was named is not taken.</summary>
/// <param name="Reason">One word, for programs.</param>
/// <param name="Message">A sentence, for people. It holds no file name.</param>
internal sealed record FileRefusal(string Reason, string Message)
{
    /// <summary>A folder that was named holds no picture.</summary>
    public static FileRefusal NoPictures { get; } =
        new("NoPictures", "There are no pictures in this folder. Choose another folder, or name the files.");

    /// <summary>A folder cannot be opened.</summary>
    public static FileRefusal UnreadableFolder { get; } =
        new("Unreadable", "The folder cannot be read. Check that you may open it, then try again.");

    /// <summary>An argument is empty.</summary>
    public static FileRefusal NoName { get; } = new("NotFound", "The name is empty. Name a file or a folder.");

    /// <summary>A picture cannot be told from others.</summary>
    public static FileRefusal LowQuality { get; } =
        new(
            "LowQuality",
            "The picture has too little detail to be told from others, so it cannot be registered. Choose the "
            + "original, or a larger copy.");

    /// <summary>No view of a picture can be told from other pictures.</summary>
    public static FileRefusal TooPlainToCheck { get; } =
        new("LowQuality", "The picture has too little detail to be told from others, so it was not checked.");

    /// <summary>A hash of zeros: a picture without any detail.</summary>
    public static FileRefusal NoDetail { get; } =
        new("NotAPicture", "The picture has no detail to compare. Choose the original, or a larger copy.");

    /// <summary>The service does not take the picture's hash.</summary>
    public static FileRefusal NotAPicture { get; } =
        new("NotAPicture", "The service does not take this picture: it is too plain to be told from others.");

    /// <summary>The case holds as many pictures as it can.</summary>
    public static FileRefusal CaseFull { get; } =
        new("CaseFull", "The case is full: it holds 1,000 pictures. Register the others as a new case.");

    /// <summary>The case holds the picture with as many hashes as a picture may have.</summary>
    public static FileRefusal HeldOftenEnough { get; } =
        new("TooManyFingerprints", "The case holds this picture already, with as many hashes as it can.");

    /// <summary>A line of standard input is not a hash.</summary>
    public static FileRefusal NotAHash { get; } =
        new("NotAHash", "This line is not a hash. Expected are 64 hexadecimal digits, one hash a line.");
}
