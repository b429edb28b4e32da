using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Feed;

/// <summary>Publishes when the time for it has come.</summary>
/// <remarks>
/// At the full hour (or whatever the interval is), which all nodes and starts have in common, and not so long after the
/// start: how often a service is started would otherwise tell how often it publishes.
/// </remarks>
public sealed class FeedPublisher(
    FeedPublication publication,
    FeedBell bell,
    IOptions<FeedOptions> options,
    TimeProvider clock,
    ILogger<FeedPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private long _published;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _published = Interval();
        while (!stoppingToken.IsCancellationRequested)
        {
            Task next = bell.Next;
            try
            {
                // Noted only afterwards: what failed is tried again.
                long now = Interval();
                if (options.Value.PublishInterval == TimeSpan.Zero || now != _published)
                {
                    await publication.PublishAsync(stoppingToken);
                    _published = now;
                }
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException)
            {
                logger.PublicationFailed(exception.GetType().Name);
                next = Task.Delay(PollInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await next.WaitAsync(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private long Interval() => options.Value.PublishInterval.Ticks is > 0 and long ticks
        ? clock.GetUtcNow().Ticks / ticks
        : 0;
}
