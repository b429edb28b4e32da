namespace HashMatch.Matching.Live;

/// <summary>
/// Says when to merge: at once when there is too much, and again when hardly anything changes any more.
/// </summary>
/// <param name="book">The entries.</param>
/// <param name="writing">What guards them, and all that is here.</param>
/// <param name="threads">What gives the thread that merges.</param>
internal sealed class MergeSchedule(EntryBook book, Lock writing, TaskScheduler threads)
{
    // After so many removals, at least this share of all, it is looked at where they are.
    private const int LeastRemovals = 8192;
    private const int RemovalShare = 16;

    // After so many changes it is watched whether they go on.
    private const int LeastChanges = 4096;

    private const int LeastDelayMs = 100;
    private const int MostDelayMs = 60_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isRunning;
    private bool _isWatching;
    private long _seenChanges;

    // Since something went through; while there are any, a merge is owed, but not before its time.
    private int _failuresInRow;
    private long _notBefore;
    private long _failures;

    /// <summary>How often merging failed, or could not begin.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>How long to wait after so many failures, one after the other.</summary>
    public static TimeSpan DelayAfter(int failures) =>
        TimeSpan.FromMilliseconds(Math.Min((long)LeastDelayMs << Math.Min(failures - 1, 16), MostDelayMs));

    /// <summary>Begins what is due. The caller holds the lock.</summary>
    public void Consider()
    {
        BookSizes sizes = book.Sizes;
        if (!sizes.IsIndexed
            || _failuresInRow > 0
            || sizes.LiveRows >= MergePlan.LiveLimit
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

    /// <summary>
    /// Begins merging, unless it is going on or failed a short while ago. The caller holds the lock.
    /// </summary>
    /// <param name="isQuiet">Whether hardly anything changes.</param>
    public void Start(bool isQuiet)
    {
        if (_isRunning || (_failuresInRow > 0 && Environment.TickCount64 < _notBefore))
        {
            return;
        }

        book.ForgetRemovals();
        _isRunning = true;
        try
        {
            _ = Task.Factory.StartNew(
                () => Run(isQuiet), CancellationToken.None, TaskCreationOptions.LongRunning, threads);
        }
        catch (Exception exception) when (exception is TaskSchedulerException or OutOfMemoryException)
        {
            // There is no thread to be had. What the caller changed is done nevertheless.
            _isRunning = false;
            PutOff(isQuiet);
        }
    }

    /// <summary>Notes that something could not be merged or indexed. The caller holds the lock.</summary>
    /// <param name="isQuiet">Whether it was for hardly anything changing.</param>
    public void PutOff(bool isQuiet)
    {
        Volatile.Write(ref _failures, _failures + 1);
        TimeSpan delay = DelayAfter(++_failuresInRow);
        _notBefore = Environment.TickCount64 + (long)delay.TotalMilliseconds;

        // A list that nobody changes any more is tried again too. If even this fails, the next change does it.
        _ = RetryAsync(new WeakReference<MergeSchedule>(this), delay, isQuiet);
    }

    private void Run(bool isQuiet)
    {
        bool isDone = false;
        try
        {
            new Merger(book).Run(isQuiet);
            isDone = true;
        }
        catch (OutOfMemoryException)
        {
            // Counted below. The list is what it was, or was merged in part, and answers as before.
        }
        finally
        {
            lock (writing)
            {
                _isRunning = false;
                if (isDone)
                {
                    _failuresInRow = 0;
                }
                else
                {
                    PutOff(isQuiet);
                }

                Consider();
            }
        }
    }

    // Between their looks these two hold nothing, so that an index that nobody else holds can go.
    private static async Task WatchAsync(WeakReference<MergeSchedule> watched)
    {
        do
        {
            await Task.Delay(Interval).ConfigureAwait(false);
        }
        while (watched.TryGetTarget(out MergeSchedule? schedule) && schedule.GoesOn());
    }

    private static async Task RetryAsync(WeakReference<MergeSchedule> waiting, TimeSpan delay, bool isQuiet)
    {
        // A tick more, so that the time has come by any clock.
        await Task.Delay(delay + TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
        if (waiting.TryGetTarget(out MergeSchedule? schedule))
        {
            schedule.Retry(isQuiet);
        }
    }

    private void Retry(bool isQuiet)
    {
        lock (writing)
        {
            if (_failuresInRow > 0)
            {
                Start(isQuiet);
            }
        }
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
