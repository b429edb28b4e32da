using HashMatch.Protocol;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Cases;

/// <summary>Withdrawals that take longer than a call may: begun once, they go on whatever becomes of the call.</summary>
/// <remarks>
/// The calls for a case that is being withdrawn wait for the same end, so that one that comes again learns what the
/// first one would have. A stop of the service leaves a withdrawal where it is; the next call goes on with it.
/// </remarks>
public sealed class LongWithdrawals(IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<int>> _underWay = [];

    /// <summary>The withdrawal of a case that is under way, if one is.</summary>
    public Task<int>? Find(CaseKey key)
    {
        lock (_lock)
        {
            return _underWay.GetValueOrDefault(Name(key));
        }
    }

    /// <summary>Begins a withdrawal, unless one of the same case is under way already.</summary>
    /// <param name="key">The case's key.</param>
    /// <param name="withdrawAsync">Withdraws it and gives the number of its pictures; cancelled by a stop.</param>
    /// <returns>The one that is under way.</returns>
    public Task<int> Begin(CaseKey key, Func<CancellationToken, Task<int>> withdrawAsync)
    {
        lock (_lock)
        {
            // SQLite works synchronously: without a thread of its own the work would be done under the lock.
            return Find(key) ?? (_underWay[Name(key)] = Task.Run(() => GoThroughAsync(key, withdrawAsync)));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until no withdrawal uses storage any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] ending;
        lock (_lock)
        {
            ending = [.. _underWay.Values];
        }

        await Task.WhenAll(ending).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Name(CaseKey key) => Convert.ToHexString(key.Digest());

    private async Task<int> GoThroughAsync(CaseKey key, Func<CancellationToken, Task<int>> withdrawAsync)
    {
        try
        {
            return await withdrawAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Refusals.Stopping();
        }
        finally
        {
            lock (_lock)
            {
                _underWay.Remove(Name(key));
            }
        }
    }
}
