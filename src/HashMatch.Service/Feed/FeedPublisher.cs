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
            // Whatever it fails with, it is tried again; an exception that got out of here would end the whole service.
            Task next = bell.Next;
            Task publishing = PublishIfDueAsync(stoppingToken);
            await publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (publishing.Exception?.InnerException is Exception failure)
            {
                logger.PublicationFailed(failure.GetType().Name);
                next = Task.Delay(PollInterval, stoppingToken);
            }

            await next.WaitAsync(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PublishIfDueAsync(CancellationToken cancellationToken)
    {
        long now = Interval();
        if (options.Value.PublishInterval == TimeSpan.Zero || now != _published)
        {
            // Noted only afterwards: what failed is due again.
            await publication.PublishAsync(cancellationToken);
            _published = now;
        }
    }

    private long Interval() => options.Value.PublishInterval.Ticks is > 0 and long ticks
        ? clock.GetUtcNow().Ticks / ticks
        : 0;
}
