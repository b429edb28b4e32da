using HashMatch.Protocol;
using HashMatch.Service.Outcomes;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Matching;

/// <summary>Has what was withdrawn leave the files, and forgets what has had its time.</summary>
/// <remarks>Apart from the sequencer: a registration must not wait while a long list is vacuumed.</remarks>
public sealed class Retention(
    IDbContextFactory<HashMatchDb> databases,
    SqlDialect dialect,
    WriteGate gate,
    OutcomeTable outcomes,
    TimeProvider clock,
    ILogger<Retention> logger) : BackgroundService
{
    /// <summary>How long a withdrawn case says so, and a late retry cannot bring it back.</summary>
    public const int DaysOfWithdrawnCases = 30;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateOnly _forgotten;
    private volatile bool _erase = true;

    // Up to which entry today's sweep of outcomes has come; null when it is done.
    private long? _sweptTo;

    /// <summary>Asks that deleted hashes be erased from the files, without waiting for it.</summary>
    public void EraseSoon() => _erase = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it fails with, it is due again.
            Task applying = ApplyAsync(stoppingToken);
            await applying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (applying.Exception?.InnerException is Exception failure)
            {
                logger.RetentionFailed(failure.GetType().Name);
            }

            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        DateOnly today = clock.Today();
        if (_erase || _forgotten != today)
        {
            await EraseAsync(today, cancellationToken);
        }

        // However long that takes, what is withdrawn meanwhile is erased in between.
        while (_sweptTo is long after)
        {
            _sweptTo = await outcomes.SweepAsync(after, cancellationToken);
            if (_erase)
            {
                return;
            }
        }
    }

    private async Task EraseAsync(DateOnly today, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        if (_forgotten != today)
        {
            DateOnly last = today.AddDays(-DaysOfWithdrawnCases);
            await db.Cases
                .Where(row => row.State == CaseState.Withdrawn && row.WithdrawnDay < last)
                .ExecuteDeleteAsync(cancellationToken);
            _forgotten = today;
            _sweptTo = 0;
        }

        if (_erase)
        {
            // Set back first: what is withdrawn meanwhile, at whatever moment, asks anew.
            _erase = false;
            bool isErased = false;
            try
            {
                isErased = await dialect.EraseAsync(db, cancellationToken);
            }
            finally
            {
                _erase |= !isErased;
            }
        }
    }
}
