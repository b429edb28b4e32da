using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>One hash that is looked up for an upload.</summary>
/// <param name="Hash">What is looked up.</param>
/// <param name="View">The place of its view among the usable ones.</param>
/// <param name="Class">The place of its class among those of the contender.</param>
internal readonly record struct Question(Hash256 Hash, int View, int Class);
