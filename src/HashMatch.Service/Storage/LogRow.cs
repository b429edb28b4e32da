namespace HashMatch.Service.Storage;

/// <summary>An entry that came or went, at its place in the order of all changes.</summary>
public sealed class LogRow
{
    /// <summary>From 1, without gaps.</summary>
    public long Position { get; init; }

    public required long EntryId { get; init; }

    /// <summary>Random: tells a log that was rewound and written anew from the one read.</summary>
    public required long Stamp { get; init; }
}
