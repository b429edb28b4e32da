using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Cases;

/// <summary>Withdrawals that take longer than a call may: once begun, they go on without it.</summary>
/// <remarks>
/// The calls for a case that is being withdrawn wait for the same end, which is kept for a minute: one that comes again
/// learns what the first one would have. Where storage fails it is tried again, as long as that takes. A stop of the
/// service leaves a withdrawal where it is, and the next call goes on with it.
/// </remarks>
public sealed class LongWithdrawals(IHostApplicationLifetime lifetime, ILogger<LongWithdrawals> logger)
    : IHostedService
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<int>> _withdrawals = [];

    /// <summary>The withdrawal of a case that is under way or was just done, if there is one.</summary>
    public Task<int>? Find(CaseKey key)
    {
        lock (_lock)
        {
            return _withdrawals.GetValueOrDefault(Name(key));
        }
    }

    /// <summary>Begins a withdrawal, unless one of the same case is under way already.</summary>
    /// <param name="key">The case's key.</param>
    /// <param name="withdrawAsync">
    /// Withdraws it, or what is left of it, and gives the number of its pictures; cancelled by a stop.
    /// </param>
    /// <returns>The one that is under way.</returns>
    public Task<int> Begin(CaseKey key, Func<CancellationToken, Task<int>> withdrawAsync)
    {
        lock (_lock)
        {
            if (Find(key) is { } underWay)
            {
                return underWay;
            }

            // SQLite works synchronously: without a thread of its own the work would be done under the lock.
            var begun = Task.Run(() => GoThroughAsync(key, withdrawAsync));
            _withdrawals[Name(key)] = begun;

            // Its callers may all be gone before it fails.
            begun.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
            return begun;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until no withdrawal uses storage any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] ending;
        lock (_lock)
        {
            ending = [.. _withdrawals.Values];
        }

        await Task.WhenAll(ending).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Name(CaseKey key) => Convert.ToHexString(key.Digest());

    private async Task<int> GoThroughAsync(CaseKey key, Func<CancellationToken, Task<int>> withdrawAsync)
    {
        bool isDone = false;
        try
        {
            int withdrawn = await PersistAsync(withdrawAsync, lifetime.ApplicationStopping);
            isDone = true;
            return withdrawn;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Refusals.Stopping();
        }
        finally
        {
            // A failure is forgotten before its callers learn of it: whoever comes again begins again.
            _ = ForgetAsync(key, isDone ? Kept : TimeSpan.Zero);
        }
    }

    private async Task<int> PersistAsync(
        Func<CancellationToken, Task<int>> withdrawAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<int> attempt = withdrawAsync(cancellationToken);
            await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (attempt.Exception?.InnerException is not Exception failure || !StorageFailure.Is(failure))
            {
                return await attempt;
            }

            logger.WithdrawalFailed(failure.GetType().Name);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task ForgetAsync(CaseKey key, TimeSpan after)
    {
        await Task.Delay(after, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _withdrawals.Remove(Name(key));
        }
    }
}
