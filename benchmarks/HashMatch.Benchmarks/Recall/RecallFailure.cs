namespace HashMatch.Benchmarks.Recall;

/// <summary>A run that cannot go on; the message tells the user why.</summary>
internal sealed class RecallFailure(string message) : Exception(message);
