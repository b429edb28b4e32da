using System.Data.Common;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Feed;

/// <summary>Watches the feed's end for all who follow it at this node: not each of them asks the database.</summary>
public sealed class FeedTail(
    IDbContextFactory<HashMatchDb> databases, FeedBell bell, ILogger<FeedTail> logger) : BackgroundService
{
    // Where nobody rings, or a notification got lost.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly FeedBell _moved = new();

    /// <summary>Ends when the feed's end is another. Ask for it before reading.</summary>
    public Task NextMove => _moved.Next;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        byte[] chain = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            Task next = bell.Next;
            try
            {
                await using HashMatchDb db = await databases.CreateDbContextAsync(stoppingToken);
                byte[] now = await db.FeedHeads.Select(head => head.Chain).SingleAsync(stoppingToken);
                if (!now.AsSpan().SequenceEqual(chain))
                {
                    chain = now;
                    _moved.Ring();
                }
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
                logger.FeedUnreadable(exception.GetType().Name);
                next = Task.Delay(PollInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await next.WaitAsync(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
