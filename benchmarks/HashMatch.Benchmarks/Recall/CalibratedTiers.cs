using HashMatch.Benchmarks.Recall.Measures;

namespace HashMatch.Benchmarks.Recall;

/// <summary>The tiers of a pair of sets, and the tail that they were read off.</summary>
internal sealed record CalibratedTiers(Tiers Tiers, TailFit Tail);
