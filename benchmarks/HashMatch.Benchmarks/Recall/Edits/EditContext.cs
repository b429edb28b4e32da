using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>What a step may use besides its picture.</summary>
/// <param name="Draws">The random draws of this photo and edit, the same in every run.</param>
/// <param name="Donor">Another photo, for edits that mix two; it must not be drawn on.</param>
/// <param name="Codec">Saves and opens pictures.</param>
internal sealed record EditContext(Random Draws, Picture Donor, LossyCodec Codec);
