using System.Threading.Channels;
using HashMatch.Service.Feed;
using HashMatch.Service.Health;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Matching;

/// <summary>Keeps this node's list current with what other nodes and processes change.</summary>
public sealed class ListFollower(
    HashList list,
    SqlDialect dialect,
    FeedBell bell,
    ServiceHealth health,
    ILogger<ListFollower> logger) : BackgroundService
{
    // Where nobody wakes it, or a notification got lost.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ListenAsync(stoppingToken), FollowAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // However it ended: until the server is back, polling finds what there is.
            await dialect.ListenAsync(Wake, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Wake()
    {
        _wakeUps.Writer.TryWrite(true);
        bell.Ring();
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it fails with, the service must go on to follow, and must not end.
            Task following = list.FollowAsync(stoppingToken);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (following.Exception?.InnerException is Exception failure)
            {
                health.StorageWorks &= StorageFailure.IsOnlyBusy(failure);
                logger.FollowFailed(failure.GetType().Name);
                await Task.Delay(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(PollInterval);
        try
        {
            await _wakeUps.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody woke it: time to look, or to stop.
        }
    }
}
