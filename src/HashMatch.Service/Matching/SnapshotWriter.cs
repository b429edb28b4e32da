using System.Diagnostics;

namespace HashMatch.Service.Matching;

/// <summary>
/// Keeps the list's snapshot file young: for quick starts, and so that what was withdrawn is soon out of it.
/// </summary>
public sealed class SnapshotWriter(
    HashList list, ListSnapshot snapshot, TimeProvider clock, ILogger<SnapshotWriter> logger) : BackgroundService
{
    // The first questions after a start come before the writing of a long list.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    // So that, with the writing itself, what was withdrawn is out of the file within the hour that is promised.
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private long _lastTry;
    private TimeSpan _pause = TimeSpan.Zero;
    private bool _mustWrite = snapshot.HasDrafts;
    private bool _hasFailed;

    /// <summary>Writes the file if it is time to and there is something new.</summary>
    public async Task WriteIfDueAsync(CancellationToken cancellationToken)
    {
        if ((_mustWrite || !list.IsSaved) && clock.GetElapsedTime(_lastTry) >= _pause)
        {
            await WriteAsync(cancellationToken);
        }
    }

    /// <summary>Leaves a file of the list's last state behind.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_mustWrite || !list.IsSaved)
        {
            await WriteAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan wait = AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = CheckInterval;
            if (!stoppingToken.IsCancellationRequested)
            {
                await WriteIfDueAsync(stoppingToken);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        // Changes from now on are those that the next writing must not be late for.
        _lastTry = clock.GetTimestamp();
        long start = Stopwatch.GetTimestamp();

        // Whatever it fails with, a full disk or the database, nothing else may suffer.
        Task saving = list.SaveAsync(cancellationToken);
        await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (saving.IsCompletedSuccessfully)
        {
            _pause = WriteInterval;
            _mustWrite = false;
            _hasFailed = false;
            logger.SnapshotWritten(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        else if (saving.Exception?.InnerException is Exception failure)
        {
            _pause = RetryInterval;
            if (!_hasFailed)
            {
                _hasFailed = true;
                logger.SnapshotFailed(failure.GetType().Name);
            }

            DeleteWithdrawn();
        }

        // Cancelled: the old file stays, and the stop writes it once more or has no time for it.
    }

    // That a start is quick counts for less than that what was withdrawn is gone.
    private void DeleteWithdrawn()
    {
        if (!list.FileHoldsRemoved)
        {
            return;
        }

        try
        {
            snapshot.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Tried again with the next writing.
        }
    }
}
