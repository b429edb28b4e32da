namespace HashMatch.Matching;

/// <summary>One line of a plain hash list.</summary>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Hash">The hash, or null if the line holds something else.</param>
/// <param name="Quality">The quality from 0 to 100, or null where the line does not say.</param>
public readonly record struct HashListLine(int Number, Hash256? Hash, int? Quality);
