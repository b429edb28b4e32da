namespace HashMatch.Hashing;

/// <summary>Up to which distance a match is worth which <see cref="ConfidenceTier"/>.</summary>
/// <param name="Strong">The greatest distance of the tier "strong"; -1 if no distance is.</param>
/// <param name="Review">The greatest distance of the tier "review", at least that; -1 if no distance is.</param>
/// <remarks>The default value calls two pictures with the very same hash strong, which no calibration gave.</remarks>
public readonly record struct TierDistances(int Strong, int Review);
