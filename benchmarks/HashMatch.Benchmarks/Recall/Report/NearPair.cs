namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>Two different photos that come near each other.</summary>
/// <param name="Upload">The photo that was edited.</param>
/// <param name="Edit">The edit.</param>
/// <param name="Registered">The other photo.</param>
/// <param name="Distance">The smallest distance of their hashes.</param>
internal sealed record NearPair(string Upload, string Edit, string Registered, int Distance);
