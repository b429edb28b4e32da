using HashMatch.Hashing;

namespace HashMatch.Cli;

/// <summary>One thing to check: a file, or a line of standard input.</summary>
/// <param name="File">The file's name; null for a line.</param>
/// <param name="Line">The line's number, from 1; null for a file.</param>
/// <param name="Views">What is looked up: the views of a file, or the one hash of a line. None if refused.</param>
/// <param name="Quality">0 to 100; null if it is not known.</param>
/// <param name="Refusal">Why it cannot be checked; null if it can.</param>
internal sealed record Query(
    string? File, int? Line, IReadOnlyList<PictureView> Views, int? Quality, FileRefusal? Refusal)
{
    /// <summary>How people are told which one is meant.</summary>
    public string Name =>
        File is not null ? PlainText.Of(File) : string.Create(CultureInfo.InvariantCulture, $"line {Line}");
}
