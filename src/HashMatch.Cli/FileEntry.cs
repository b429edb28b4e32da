namespace HashMatch.Cli;

/// <summary>One file to take, or one thing that was named and cannot be taken.</summary>
/// <param name="Path">As the user wrote it, or below a folder as the user wrote it.</param>
/// <param name="Refusal">Why there is nothing to read there; null for a file that is to be tried.</param>
internal sealed record FileEntry(string Path, FileRefusal? Refusal = null);
