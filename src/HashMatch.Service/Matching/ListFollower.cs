using System.Data.Common;
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
            try
            {
                await dialect.ListenAsync(Wake, stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or IOException)
            {
                // Until the server is back, polling finds what there is.
                await Task.Delay(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
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
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            timeout.CancelAfter(PollInterval);
            try
            {
                await list.FollowAsync(stoppingToken);
                await _wakeUps.Reader.ReadAsync(timeout.Token);
            }
            catch (DbException exception)
            {
                health.StorageWorks = false;
                logger.FollowFailed(exception.GetType().Name);
                await Task.Delay(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // Nobody woke it: time to look, or to stop.
            }
        }
    }
}
