using HashMatch.Hashing;

namespace HashMatch.Cli;

/// <summary>What became of one file: its views, or a refusal.</summary>
/// <param name="Path">As in <see cref="FileEntry"/>.</param>
/// <param name="Views">
/// What was asked for: one view, the 8 turns of it, or a set of views. Empty when there is a refusal, or if the picture
/// has too little detail for any view of a set.
/// </param>
/// <param name="Refusal">Null if the file was taken.</param>
internal sealed record HashedFile(string Path, IReadOnlyList<PictureView> Views, FileRefusal? Refusal);
