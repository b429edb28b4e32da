namespace HashMatch.Service.Feed;

/// <summary>Wakes all who wait at that moment.</summary>
public sealed class FeedBell
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends at the next ring. Ask for it before looking at what may have changed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
