namespace HashMatch.Matching.Live;

/// <summary>
/// Says when to merge: at once when there is too much, and again when hardly anything changes any more.
/// </summary>
/// <param name="book">The entries.</param>
/// <param name="writing">What guards them, and all that is here.</param>
internal sealed class MergeSchedule(EntryBook book, Lock writing)
{
    // After so many removals, at least this share of all, it is looked at where they are.
    private const int LeastRemovals = 8192;
    private const int RemovalShare = 16;

    // After so many changes it is watched whether they go on.
    private const int LeastChanges = 4096;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isRunning;
    private bool _isWatching;
    private long _seenChanges;

    /// <summary>Begins what is due. The caller holds the lock.</summary>
    public void Consider()
    {
        BookSizes sizes = book.Sizes;
        if (sizes.LiveRows >= MergePlan.LiveLimit
            || sizes.Removals >= Math.Max(LeastRemovals, sizes.Count / RemovalShare))
        {
            Start(isQuiet: false);
        }

        if (!_isWatching && sizes.Changes - _seenChanges >= LeastChanges)
        {
            _isWatching = true;
            _seenChanges = sizes.Changes;
            _ = WatchAsync(new WeakReference<MergeSchedule>(this));
        }
    }

    /// <summary>Begins merging, unless it is going on. The caller holds the lock.</summary>
    /// <param name="isQuiet">Whether hardly anything changes.</param>
    public void Start(bool isQuiet)
    {
        if (!_isRunning)
        {
            _isRunning = true;
            book.ForgetRemovals();
            _ = Task.Factory.StartNew(
                () => Run(isQuiet), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private void Run(bool isQuiet)
    {
        try
        {
            new Merger(book).Run(isQuiet);
        }
        finally
        {
            lock (writing)
            {
                _isRunning = false;
                Consider();
            }
        }
    }

    // Between its looks it holds nothing, so that an index that nobody else holds can go.
    private static async Task WatchAsync(WeakReference<MergeSchedule> watched)
    {
        do
        {
            await Task.Delay(Interval).ConfigureAwait(false);
        }
        while (watched.TryGetTarget(out MergeSchedule? schedule) && schedule.GoesOn());
    }

    // Once it is quiet there is one more merge, and then nothing before much has changed again.
    private bool GoesOn()
    {
        lock (writing)
        {
            long changes = book.Sizes.Changes;
            bool isQuiet = changes - _seenChanges < MergePlan.QuietChanges;
            _seenChanges = changes;
            if (!isQuiet || _isRunning)
            {
                return true;
            }

            _isWatching = false;
            Start(isQuiet: true);
            return false;
        }
    }
}
