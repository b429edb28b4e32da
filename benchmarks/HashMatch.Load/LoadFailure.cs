namespace HashMatch.Load;

/// <summary>A run that cannot go on or whose figures would say nothing; the message tells the user why.</summary>
internal sealed class LoadFailure(string message) : Exception(message);
