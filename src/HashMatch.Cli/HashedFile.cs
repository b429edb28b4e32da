using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Cli;

/// <summary>What became of one file: a fingerprint, or a refusal.</summary>
/// <param name="Path">As in <see cref="FileEntry"/>.</param>
/// <param name="Fingerprint">Meaningless when there is a refusal.</param>
/// <param name="Dihedral">The hashes of the 8 turns and mirrorings, if they were asked for.</param>
/// <param name="Refusal">Null if the file was taken.</param>
internal sealed record HashedFile(
    string Path, Fingerprint Fingerprint, IReadOnlyList<Hash256>? Dihedral, FileRefusal? Refusal);
