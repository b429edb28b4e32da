namespace HashMatch.Benchmarks.Matcher;

/// <summary>A report that cannot be made; the message tells the user why.</summary>
internal sealed class MatcherFailure(string message) : Exception(message);
