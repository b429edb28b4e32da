namespace HashMatch.Service;

/// <summary>Every line that the service logs. None takes a hash, a key, a name or an address.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The list is loaded: {Count} entries in {Milliseconds:F0} ms.")]
    public static partial void ListLoaded(this ILogger logger, int count, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "Merging what was registered failed ({Kind}); it is tried again every second.")]
    public static partial void MergeFailed(this ILogger logger, string kind);

    [LoggerMessage(3, LogLevel.Error, "A call failed because storage did not work ({Kind}).")]
    public static partial void StorageFailed(this ILogger logger, string kind);

    [LoggerMessage(4, LogLevel.Information, "Healthy {Milliseconds:F0} ms after the process started.")]
    public static partial void Healthy(this ILogger logger, double milliseconds);

    [LoggerMessage(
        5, LogLevel.Information, "Pending registrations merged: {Count} new entries in {Milliseconds:F0} ms.")]
    public static partial void PendingMerged(this ILogger logger, int count, double milliseconds);

    [LoggerMessage(6, LogLevel.Error, "A call failed by a fault of the service ({Kind}):\n{Place}")]
    public static partial void CallFailed(this ILogger logger, string kind, string? place);

    [LoggerMessage(7, LogLevel.Warning, "The log was rewound or written anew: the list is read again.")]
    public static partial void ListRewound(this ILogger logger);

    [LoggerMessage(8, LogLevel.Error, "Following the log failed ({Kind}); it is tried again every second.")]
    public static partial void FollowFailed(this ILogger logger, string kind);

    [LoggerMessage(
        9, LogLevel.Error, "Erasing what was withdrawn failed ({Kind}); it is tried again every second.")]
    public static partial void RetentionFailed(this ILogger logger, string kind);

    [LoggerMessage(
        10,
        LogLevel.Information,
        "The list is loaded from the snapshot file: {Count} entries in {Milliseconds:F0} ms.")]
    public static partial void ListLoadedFromFile(this ILogger logger, int count, double milliseconds);

    [LoggerMessage(11, LogLevel.Information, "The list is read from the database: {Reason}.")]
    public static partial void SnapshotUnused(this ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Information, "The snapshot file is written in {Milliseconds:F0} ms.")]
    public static partial void SnapshotWritten(this ILogger logger, double milliseconds);

    [LoggerMessage(
        13, LogLevel.Error, "The snapshot file could not be written ({Kind}); it is tried again every minute.")]
    public static partial void SnapshotFailed(this ILogger logger, string kind);

    [LoggerMessage(14, LogLevel.Error, "Publishing to the feed failed ({Kind}); it is tried again every second.")]
    public static partial void PublicationFailed(this ILogger logger, string kind);

    [LoggerMessage(15, LogLevel.Error, "The feed's end could not be read ({Kind}); it is tried again every second.")]
    public static partial void FeedUnreadable(this ILogger logger, string kind);

    [LoggerMessage(16, LogLevel.Error, "Withdrawing a long case failed ({Kind}); it is tried again every second.")]
    public static partial void WithdrawalFailed(this ILogger logger, string kind);

    [LoggerMessage(
        17,
        LogLevel.Warning,
        "The list could not be indexed anew, {Count} times since it was read, for want of memory or a thread: searches "
        + "are exact, but slower. It is tried again.")]
    public static partial void IndexingPutOff(this ILogger logger, long count);
}
